"""The few texts of the people's pages, in Spanish. The English ones are the keys."""

from flask import request

SPANISH = {
    "Local Docker Hub, for trying out": "Docker Hub local, para probar",
    "This is not hub.docker.com. Nothing here leaves this computer and nothing costs money.": (
        "Esto no es hub.docker.com. Nada de lo que hay aquí sale de este ordenador y nada cuesta dinero."
    ),
    "Skip to the content": "Ir al contenido",
    "Main": "Principal",
    "What is here": "Qué hay aquí",
    "Inbox": "Buzón",
    "Push an image by hand": "Subir una imagen a mano",
    "Push": "Subir",
    "Tag": "Etiqueta",
    "Size in MB": "Tamaño en MB",
    "Platforms": "Plataformas",
    "Create an organization": "Crear una organización",
    "Controls": "Mandos",
    "Sign in": "Entrar",
    "Sign out": "Salir",
    "Sign up": "Crear una cuenta",
    "Signed in as": "Dentro como",
    "Docker ID": "Docker ID",
    "Password": "Contraseña",
    "E-mail address": "Dirección de correo",
    "Full name": "Nombre completo",
    "4 to 30 lower-case letters and digits": "De 4 a 30 letras minúsculas y cifras",
    "No account yet?": "¿Aún no hay cuenta?",
    "People of the demonstration sign in with the password": (
        "Las personas de la demostración entran con la contraseña"
    ),
    "Docker ID or password are not right.": "El Docker ID o la contraseña no son correctos.",
    "Organizations": "Organizaciones",
    "Organization": "Organización",
    "Organization name": "Nombre de la organización",
    "The name is final: it cannot be changed later.": "El nombre es definitivo: no se puede cambiar después.",
    "Name of the school": "Nombre del centro",
    "Seats": "Plazas",
    "Seats used": "Plazas ocupadas",
    "Plan Team: from 1 to 100 seats": "Plan Team: de 1 a 100 plazas",
    "On Docker Hub this plan costs 16 US$ per user and month. Here it costs nothing.": (
        "En Docker Hub este plan cuesta 16 US$ por persona y mes. Aquí no cuesta nada."
    ),
    "There is no organization yet.": "Todavía no hay ninguna organización.",
    "Teams": "Equipos",
    "Team": "Equipo",
    "Members": "Miembros",
    "Member": "Miembro",
    "Role": "Rol",
    "owner": "propietario",
    "editor": "editor",
    "member": "miembro",
    "Pending invitations": "Invitaciones pendientes",
    "Invited": "Invitado",
    "Sent": "Enviada",
    "Repositories": "Repositorios",
    "Repository": "Repositorio",
    "Description": "Descripción",
    "Visibility": "Visibilidad",
    "public": "público",
    "private": "privado",
    "Tags": "Etiquetas",
    "None.": "Ninguno.",
    "Delete team": "Borrar equipo",
    "Remove": "Quitar",
    "Let expire": "Dejar caducar",
    "Access tokens": "Tokens de acceso",
    "Create an access token": "Crear un token de acceso",
    "Label": "Nombre del token",
    "Permission": "Permiso",
    "My access tokens": "Mis tokens de acceso",
    "Tick what Aulahub needs": "Marcar lo que necesita Aulahub",
    "Permissions on the organization": "Permisos en la organización",
    "Permissions on all its repositories": "Permisos en todos sus repositorios",
    "Copy this token now. It is not shown again.": "Copia este token ahora. No se vuelve a mostrar.",
    "Created": "Creado",
    "Last used": "Último uso",
    "never": "nunca",
    "Delete": "Borrar",
    "Only an owner of the organization can see this page. Sign in as one.": (
        "Solo un propietario de la organización puede ver esta página. Entra como uno."
    ),
    "Mail and notifications": "Correo y avisos",
    "Whose mail do you want to read?": "¿De quién quieres leer el correo?",
    "E-mail address or Docker ID": "Dirección de correo o Docker ID",
    "Open": "Abrir",
    "Invitations that wait for an answer": "Invitaciones que esperan respuesta",
    "No invitation waits here.": "Aquí no espera ninguna invitación.",
    "invites you to the organization": "te invita a la organización",
    "Accept": "Aceptar",
    "Decline": "Rechazar",
    "This address has no account yet. Sign up with it, then accept.": (
        "Esta dirección aún no tiene cuenta. Crea una con ella y acepta después."
    ),
    "Last requests": "Últimas peticiones",
    "Time": "Hora",
    "Method": "Método",
    "Path": "Ruta",
    "Status": "Estado",
    "Milliseconds": "Milisegundos",
    "dropped": "cortada",
    "People": "Personas",
    "Switches": "Interruptores",
    "Answers of Docker Hub that nobody has proved. Each can be set both ways.": (
        "Respuestas de Docker Hub que nadie ha comprobado. Cada una puede ponerse de las dos maneras."
    ),
    "Save": "Guardar",
    "Faults": "Fallos",
    "Kind": "Clase",
    "How many times (empty: always)": "Cuántas veces (vacío: siempre)",
    "How often (1: always, 0.1: one in ten)": "Con qué frecuencia (1: siempre; 0,1: una de cada diez)",
    "Seconds (of a delay, of a lag)": "Segundos (de una espera, de un retraso)",
    "Add fault": "Añadir fallo",
    "Clear faults": "Quitar fallos",
    "met": "ocurrido",
    "Limits": "Límites",
    "(empty: without limit)": "(vacío: sin límite)",
    "Say in the headers how many pulls are left": "Decir en las cabeceras cuántas descargas quedan",
    "yes": "sí",
    "no": "no",
    "Save limits": "Guardar los límites",
    "Pulls by address or account": "Descargas por dirección o cuenta",
    "used": "usadas",
    "until": "hasta las",
    "Forget the pulls": "Olvidar las descargas",
    "Clock": "Reloj",
    "Now": "Ahora",
    "Move forward by hours": "Adelantar, en horas",
    "Move": "Adelantar",
    "This page does not exist": "Esta página no existe",
    "That did not work": "No ha podido ser",
    "Done.": "Hecho.",
    "This name is already taken.": "Este nombre ya está ocupado.",
    "A name has 4 to 30 lower-case letters and digits.": (
        "Un nombre tiene de 4 a 30 letras minúsculas y cifras."
    ),
    "This email address is already in use or not valid.": "Esta dirección ya se usa o no es válida.",
    "An organization needs at least one owner.": "Una organización necesita al menos un propietario.",
    "The owners team cannot be renamed or deleted.": "El equipo owners no se puede renombrar ni borrar.",
    "invite not found": "La invitación ya no existe.",
}


def language() -> str:
    """The language of the page: the browser's choice among "es" and "en"."""
    return request.accept_languages.best_match(["en", "es"], default="en") or "en"


def say(text: str) -> str:
    """The text in the language of the page."""
    return SPANISH.get(text, text) if language() == "es" else text
