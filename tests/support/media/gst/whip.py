"""An encoder that is no browser: GStreamer's webrtcbin, which sends a test picture and a tone by WHIP.

One line of JSON on stdin: {"url", "token", "codec": "vp8" | "h264"}; on stdout one line of JSON each: {"offer"}, {"status", "location", "answer"}, {"state"}.
Ends, and takes its session away, when stdin is closed.
"""
import json
import sys
import threading
import urllib.parse
import urllib.error
import urllib.request

import gi

gi.require_version('Gst', '1.0')
gi.require_version('GstWebRTC', '1.0')
gi.require_version('GstSdp', '1.0')
from gi.repository import GLib, Gst, GstSdp, GstWebRTC  # noqa: E402

asked = json.loads(sys.stdin.readline())
Gst.init(None)
loop = GLib.MainLoop()
location = None


def tell(**what):
    print(json.dumps(what), flush=True)


def request(method, url, body=None):
    headers = {'authorization': 'Bearer ' + asked['token']}
    if body is not None:
        headers['content-type'] = 'application/sdp'
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, headers, method=method), timeout=20) as answer:
            return answer.status, answer.headers.get('location'), answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, None, error.read().decode()


picture = {
    'vp8': 'vp8enc deadline=1 keyframe-max-dist=60 target-bitrate=500000 ! rtpvp8pay pt=97 picture-id-mode=2',
    'h264': 'x264enc tune=zerolatency speed-preset=ultrafast bitrate=500 key-int-max=60 ! video/x-h264,profile=constrained-baseline ! rtph264pay pt=97 config-interval=-1 aggregate-mode=zero-latency',
}[asked['codec']]
pipeline = Gst.parse_launch(f'''
    webrtcbin name=peer bundle-policy=max-bundle
    audiotestsrc is-live=true wave=ticks ! audioconvert ! audioresample ! opusenc ! rtpopuspay pt=96 ! peer.
    videotestsrc is-live=true pattern=ball ! video/x-raw,width=640,height=360,framerate=15/1 ! videoconvert ! {picture} ! peer.
''')
peer = pipeline.get_by_name('peer')


def offered(promise):
    global location
    # The reply owns the offer: it must live as long.
    reply = promise.get_reply()
    offer = reply.get_value('offer')
    peer.emit('set-local-description', offer, Gst.Promise.new())
    text = offer.sdp.as_text()
    tell(offer=text)
    status, location, answer = request('POST', asked['url'], text.encode())
    tell(status=status, location=location, answer=answer)
    if status != 201:
        return GLib.idle_add(loop.quit)
    _, parsed = GstSdp.SDPMessage.new_from_text(answer)
    peer.emit('set-remote-description', GstWebRTC.WebRTCSessionDescription.new(GstWebRTC.WebRTCSDPType.ANSWER, parsed), Gst.Promise.new())


def needed(_peer):
    peer.emit('create-offer', None, Gst.Promise.new_with_change_func(lambda promise: offered(promise)))


peer.connect('on-negotiation-needed', needed)
peer.connect('notify::connection-state', lambda *_: tell(state=peer.get_property('connection-state').value_nick))
bus = pipeline.get_bus()
bus.add_signal_watch()
bus.connect('message::error', lambda _bus, message: (tell(error=str(message.parse_error())), loop.quit()))
threading.Thread(target=lambda: (sys.stdin.read(), GLib.idle_add(loop.quit)), daemon=True).start()
pipeline.set_state(Gst.State.PLAYING)
loop.run()
pipeline.set_state(Gst.State.NULL)
if location:
    tell(ended=request('DELETE', urllib.parse.urljoin(asked['url'], location))[0])
