"""Invented people with plausible names, always the same ones."""

import csv
import io
from dataclasses import dataclass

GIVEN_NAMES = (
    "Nerea Omar Lucas Alba Daniel Irene Hugo Carmen Adrián Noa Pablo Aitana Iker Marta Youssef Claudia Álvaro Valeria "
    "Mario Sofía Rubén Elena Sergio Inés Samuel Julia Marcos Zoe Gonzalo Ainhoa Jorge Candela Raúl Triana Izan Laia "
    "Bruno Vera Erik Salma Gael Olivia Dylan Ariadna Unai Nuria Cristian Lola Abril Martín Fátima Leo Jimena Ángel Blanca"
).split()
SURNAMES = (
    "Alba Haddad Moreno Jiménez Peña Castillo Núñez Ortega Ramos Delgado Cano Vázquez Muñoz Soler Benali Reyes Gallardo "
    "Domínguez Prieto Luque Bermejo Santana Ibáñez Guerrero Pardo Lozano Cobos Trujillo Méndez Rivas Carmona Arias "
    "Montero Crespo Vidal Pascual Nieto Rojas Durán Baena Salas Expósito Marín Calvo Toledo Acosta Parra Serrano Lara "
    "Gálvez Medina Aguilar Bravo Espejo Zamora"
).split()
COURSES = {
    "1SMR": "1º F.P.I.G.M. (Sistemas Microinformáticos y Redes)",
    "2DAW": "2º F.P.I.G.S. (Desarrollo de Aplicaciones Web)",
}
HEADINGS = (
    *("Alumno/a", "Estado Matrícula", "Nº Id. Escolar", "Curso", "Unidad"),
    *("Primer apellido", "Segundo apellido", "Nombre", "Año de la matrícula"),
)
SIZES = {"1SMR": 30, "2DAW": 25}


@dataclass(frozen=True)
class Person:
    number: str
    given_name: str
    first_surname: str
    second_surname: str
    unit: str


def students() -> list[Person]:
    """The 55 students, class by class. Two of 1SMR have the same name: their school numbers tell them apart."""
    units = [unit for unit, size in SIZES.items() for _ in range(size)]
    people = [_person(place, unit) for place, unit in enumerate(units)]
    twin = people[3]
    people[7] = Person(
        people[7].number, twin.given_name, twin.first_surname, twin.second_surname, people[7].unit
    )
    return people


def _person(place: int, unit: str) -> Person:
    second = "" if place == 1 else SURNAMES[(place * 7 + 20) % len(SURNAMES)]
    return Person(str(9000101 + place), GIVEN_NAMES[place], SURNAMES[place], second, unit)


def class_list(academic_year: int) -> bytes:
    """The class list of the two classes as Séneca exports it (RegAlum, comma, Windows-1252)."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(HEADINGS)
    for person in students():
        surnames = f"{person.first_surname} {person.second_surname}".strip()
        writer.writerow(
            [
                *(f"{surnames}, {person.given_name}", "", person.number, COURSES[person.unit], person.unit),
                *(person.first_surname, person.second_surname, person.given_name, academic_year),
            ]
        )
    return text.getvalue().encode("cp1252")
