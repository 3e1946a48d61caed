"""A room camera's stand-in: GStreamer's RTSP server with a test picture, behind a user and a password.

One line of JSON on stdin: {"port": 0 for a free one, "user", "password", "codec": "h264" | "jpeg"}; on stdout one line of JSON: {"port"}. Ends when stdin is closed.
"""
import json
import sys
import threading

import gi

gi.require_version('Gst', '1.0')
gi.require_version('GstRtspServer', '1.0')
from gi.repository import GLib, Gst, GstRtspServer  # noqa: E402

asked = json.loads(sys.stdin.readline())
Gst.init(None)
loop = GLib.MainLoop()

picture = {
    'h264': 'x264enc tune=zerolatency speed-preset=ultrafast bitrate=500 key-int-max=15 ! video/x-h264,profile=main ! rtph264pay name=pay0 pt=96',
    'jpeg': 'jpegenc ! rtpjpegpay name=pay0 pt=26',
}[asked['codec']]
server = GstRtspServer.RTSPServer()
server.set_address('127.0.0.1')
server.set_service(str(asked['port']))
factory = GstRtspServer.RTSPMediaFactory()
factory.set_shared(True)
factory.set_launch(f'( videotestsrc is-live=true pattern=ball ! videoconvert ! video/x-raw,format=I420,width=640,height=360,framerate=15/1 ! {picture} )')
token = GstRtspServer.RTSPToken()
token.set_string('media.factory.role', 'user')
permissions = GstRtspServer.RTSPPermissions()
for may in ('access', 'construct'):
    permissions.add_permission_for_role('user', f'media.factory.{may}', True)
factory.set_permissions(permissions)
auth = GstRtspServer.RTSPAuth()
auth.add_basic(GstRtspServer.RTSPAuth.make_basic(asked['user'], asked['password']), token)
server.set_auth(auth)
server.get_mount_points().add_factory('/live', factory)
server.attach(None)
print(json.dumps({'port': server.get_bound_port()}), flush=True)
threading.Thread(target=lambda: (sys.stdin.read(), GLib.idle_add(loop.quit)), daemon=True).start()
loop.run()
