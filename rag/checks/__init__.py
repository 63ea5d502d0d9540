"""Checks of what an assessment says: one module a family, each a list of rules.

assessment → Paper (`paper`) → families raise (`run`) → findings with places, quotes and keys (`finding`);
what a person dismisses with a reason is kept (`dismissals`).
"""
