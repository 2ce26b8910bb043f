"""The settings of a real server, complete; a test leaves out or changes what it is about."""

COMPLETE = {
    "PLACEWORK_MODE": "production",
    "SECRET_KEY": "kV3rT8yq0ZpL6mWc1XbN9sDf4GhJ7uQe2RtYaI5oP8wK0zMxBnVc",
    "ALLOWED_HOSTS": "placework.example.org",
    "DATABASE_URL": "postgres://placework:secret@database.example.org/placework",
    "REDIS_URL": "redis://redis.example.org:6379/0",
    "EMAIL_URL": "submission://placework:secret@mail.example.org",
}
