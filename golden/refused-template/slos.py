"""A template that Prometheus would refuse to load."""

from slogen import Alert

alert = Alert("page", annotations={"summary": "{{ $value | humanise }}"})
