# Aulahub for production: one image for web, worker and beat (compose.yaml). Built without any secret.
FROM python:3.11-slim-bookworm AS packages
COPY portal/requirements.lock /requirements.lock
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r /requirements.lock

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin aulahub \
    && install -d -o aulahub -g aulahub /data
COPY --from=packages /venv /venv
WORKDIR /app
COPY manage.py pyproject.toml LICENSE ./
COPY portal/ portal/
COPY classrooms/ classrooms/
COPY hubsync/ hubsync/
COPY templates/ templates/
COPY static/ static/
COPY locale/ locale/
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    AULAHUB_NO_BOOTSTRAP=1 \
    DEPLOYMENT=production \
    DATA_DIR=/data \
    STATIC_ROOT=/app/staticfiles \
    PORT=8000
# Translations and static files belong to the image. The settings want their variables even here: these are thrown away.
RUN SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(60))')" \
    CREDENTIAL_KEYS="$(python -c 'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())')" \
    IDENTITY_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(60))')" \
    ALLOWED_HOSTS=localhost BASE_URL=https://localhost EMAIL_URL=dummymail:// \
    DATABASE_URL=postgresql://nobody@localhost/nothing REDIS_URL=redis://localhost:6379/0 \
    sh -c 'python manage.py messages --compile && python manage.py collectstatic --noinput --verbosity 0'
USER aulahub
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=6s --start-period=20s CMD ["python", "-m", "portal.probe"]
CMD ["sh", "-c", "exec gunicorn portal.wsgi --bind 0.0.0.0:8000 --workers ${WEB_CONCURRENCY:-3} --threads 4 --no-control-socket --worker-tmp-dir /dev/shm --access-logfile -"]
