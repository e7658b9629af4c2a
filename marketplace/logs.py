"""Logs as JSON lines on standard error: what happened and where, never whose name or number."""

import sys

import structlog


def configure() -> None:
    """One line per event; traces without local variables, since those hold what people typed."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
