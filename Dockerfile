# The bot as an image: `docker build -t dockwarden .`
#
# Run it read-only, with its data in a volume and the Docker socket's group as the only extra:
#
#   docker run -d --name dockwarden --restart unless-stopped --read-only --cap-drop ALL \
#     --security-opt no-new-privileges --stop-timeout 60 --env-file .env \
#     -v dockwarden-data:/data -v "$PWD/config:/config:ro" \
#     -v /var/run/docker.sock:/var/run/docker.sock \
#     --group-add "$(stat -c %g /var/run/docker.sock)" \
#     -p 127.0.0.1:3000:3000 dockwarden
#
# Whoever may write to that socket is root on the host: this container is, whatever its user. Leave out the socket
# and its group where hosts.yml names hosts by tcp:// with tls only.

FROM python:3.11-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /src
COPY requirements.lock ./
# The environment has no pip of its own: the base image's installs into it.
RUN python3 -m venv --without-pip /opt/dockwarden \
    && pip --python /opt/dockwarden/bin/python install --only-binary :all: --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
# What only builds goes again, so that the next stage has nothing of it.
RUN pip --python /opt/dockwarden/bin/python install --no-deps --no-build-isolation . \
    && pip --python /opt/dockwarden/bin/python uninstall --yes \
        editables hatchling packaging pathspec pluggy tomlkit trove-classifiers

FROM python:3.11-slim
ENV PATH=/opt/dockwarden/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DOCKWARDEN_CONFIG=/config \
    DOCKWARDEN_DATABASE_URL=sqlite:////data/dockwarden.db \
    DOCKWARDEN_LISTEN=0.0.0.0:3000
COPY --from=build /opt/dockwarden /opt/dockwarden
# The shipped permission list lets nobody do anything; mount your own folder over it.
COPY config /config
# The record, its key and its head: back it up.
RUN install --directory --owner=10001 --group=10001 --mode=0700 /data
WORKDIR /data
VOLUME /data
USER 10001:10001
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 CMD ["python", "-c", \
    "import os, urllib.request as u; u.build_opener(u.ProxyHandler({})).open('http://127.0.0.1:' + os.environ['DOCKWARDEN_LISTEN'].rpartition(':')[2] + '/healthz', timeout=4)"]
ENTRYPOINT ["dockwarden"]
CMD ["serve"]
