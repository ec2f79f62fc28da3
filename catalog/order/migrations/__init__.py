"""Oscar's migrations, found where Oscar keeps them, followed by our own in this folder."""

from oscar.apps.order import migrations as _oscar

__path__ = [*__path__, *_oscar.__path__]
