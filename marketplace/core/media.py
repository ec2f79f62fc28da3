"""Public files where no web server stands in front: whole, and in the parts that players of sound and film ask for."""

import re

from django.http import FileResponse, HttpResponse
from django.views.static import serve

LARGEST_PART = 4 * 1024 * 1024  # less than was asked for is allowed; players ask for the next part
_PART = re.compile(r"^bytes=(\d{1,12})-(\d{0,12})$")


def serve_media(request, path, document_root):
    """Django's own view; one range of bytes is answered with 206, one that lies beyond the file with 416."""
    whole = serve(request, path, document_root=document_root)
    whole["Accept-Ranges"] = "bytes"
    asked = _PART.match(request.headers.get("Range", ""))
    file = whole.file_to_stream if isinstance(whole, FileResponse) else None
    if not asked or file is None:
        return whole
    size, start = int(whole["Content-Length"]), int(asked[1])
    end = min(int(asked[2] or size - 1), size - 1, start + LARGEST_PART - 1)
    if start > end:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    file.seek(start)
    content = file.read(end - start + 1)
    file.close()
    headers = {"Content-Range": f"bytes {start}-{end}/{size}", "Accept-Ranges": "bytes"}
    return HttpResponse(content, status=206, content_type=whole["Content-Type"], headers=headers)
