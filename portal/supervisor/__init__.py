"""`manage.py up`: web server, worker and local Docker Hub as children that are started, watched and ended."""
