"""Numbers of orders and certificates stay in one piece on a line."""

from django.template import Context, Template


def shown(text):
    return Template("{% load numbers %}{{ text|whole }}").render(Context({"text": text}))


def test_each_number_is_kept_whole_and_the_rest_is_escaped():
    assert shown("LA-4HUG-H5QC") == '<span class="whole">LA-4HUG-H5QC</span>'
    assert shown("<b> of LAO-2026-0018") == '&lt;b&gt; of <span class="whole">LAO-2026-0018</span>'
    assert shown("Los Angeles, CA-90012") == "Los Angeles, CA-90012"
