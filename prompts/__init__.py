"""Prompts for language models, one YAML file each. None is used yet: answers are composed without a model."""
