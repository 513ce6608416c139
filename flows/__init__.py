"""Orchestration only: the Prefect flows and the `telltale` command."""
