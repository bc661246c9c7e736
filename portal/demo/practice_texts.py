"""What the practices of the demonstration say."""

SERVER = """# Qué harás

1. Descarga las dos imágenes.
2. Pon en marcha el servidor y abre `http://localhost:8080`.
3. Desde el otro contenedor, pide la página con `curl` y **mira las cabeceras**.

Entrega tu propia imagen del servidor con una página que diga tu alias.
"""
FIRST_IMAGE = """# Qué harás

1. Escribe un `Dockerfile` que parta de `nginx:1.27` y copie una página tuya.
2. Constrúyelo y pruébalo: `docker run --rm -p 8080:80 TUUSUARIO/mi-web:v1`
3. Súbelo a Docker Hub y entrégalo aquí.

En la página va **tu alias**, no tu nombre: la imagen es pública.

## Qué se valora

- Que arranque en el equipo del aula (4 puntos)
- Que la página sea tuya (3 puntos)
- Que la imagen sea pequeña y sin contraseñas dentro (3 puntos)
"""
PORTS = """Pon en marcha dos contenedores con la misma imagen en **puertos distintos** y explica con `docker ps` qué ves.

No se entrega nada: se comprueba en clase.
"""
SHOP = """# Una tienda en PHP con su base de datos

1. Copia el fichero compose y ponlo en marcha.
2. Cambia la portada de la tienda y construye tu imagen.
3. Entrega la imagen y **tu** `compose.yaml`, en el que la base de datos guarda sus datos en un volumen.
"""
SHOP_COMPOSE = """services:
  web:
    image: iesriberadelsur/lamp:2026-1
    ports: ["8080:80"]
    depends_on: [db]
  db:
    image: mariadb:11
    environment:
      MARIADB_DATABASE: tienda
      MARIADB_USER: clase
      MARIADB_PASSWORD: clase
      MARIADB_RANDOM_ROOT_PASSWORD: "1"
    volumes: ["datos:/var/lib/mysql"]
volumes:
  datos: {}
"""
STUDENT_COMPOSE = """services:
  web:
    image: %s
    ports: ["8080:80"]
  db:
    image: mariadb:11
    environment:
      MARIADB_DATABASE: tienda
      MARIADB_RANDOM_ROOT_PASSWORD: "1"
"""
BACKUP = """1. Crea una tabla en PostgreSQL y mete tres filas.
2. Guarda el volumen en un fichero `copia.tar` con un contenedor que lo monte solo para leer.
3. Borra el volumen, restáuralo y comprueba que las filas siguen ahí.
"""
EXAM = """Tienes 50 minutos. Puedes consultar tus apuntes y `docker --help`, no tu correo.

1. Pon en marcha la imagen del examen y responde a las preguntas de `/examen/preguntas.txt`.
2. Sube tu imagen y entrégala antes de la hora.
"""
