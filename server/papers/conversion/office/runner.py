"""Keeps one LibreOffice and hands it files, one at a time: a line of JSON in, a line of JSON out. Ends when its input ends.

Started by office-process.ts, which also limits it: runner.py <program folder> <work folder> <pipe name> <warm or cold>
Cold: LibreOffice's own command for each file, which is slower and never runs the event loop that some files make Debian's windowless build fall over in.
In:  {"input": path, "output": path, "reads": filter, "writes": filter, "options": {name: value}}
Out: {"state": "ready"} once, then {"state": "done"} or {"state": "failed", "reason": text}
"""
import json
import os
import queue
import subprocess
import sys
import threading
import time

import uno
from com.sun.star.beans import PropertyValue

program, work, pipe, mode = sys.argv[1:5]
sys.path.insert(0, work)
import old_letters  # noqa: E402  (-I leaves out the folder that this file lies in)
NOT_YET = 81  # LibreOffice asks to be started again when it has made its profile


def start():
    return subprocess.Popen([
        program + '/soffice.bin', '--headless', '--norestore', '--nologo', '--nodefault', '--nofirststartwizard', '--nolockcheck',
        '-env:UserInstallation=file://' + work + '/profile', '--accept=pipe,name=' + pipe + ';urp;',
    ], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def leave(code):
    if office is not None and office.poll() is None:
        office.kill()
    os._exit(code)


def read_lines():
    for line in sys.stdin:
        lines.put(line)
    leave(0)


def connected():
    global office
    resolve = uno.getComponentContext().ServiceManager.createInstance('com.sun.star.bridge.UnoUrlResolver').resolve
    while True:
        try:
            context = resolve('uno:pipe,name=' + pipe + ';urp;StarOffice.ComponentContext')
            return context.ServiceManager.createInstanceWithContext('com.sun.star.frame.Desktop', context)
        except Exception:
            if office.poll() == NOT_YET:
                office = start()
            elif office.poll() is not None:
                leave(3)
            time.sleep(0.02)


def properties(values):
    made = []
    for name, value in values.items():
        one = PropertyValue()
        one.Name, one.Value = name, value
        made.append(one)
    return tuple(made)


def convert(job):
    document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(job['input']), '_blank', 0, properties({
        'FilterName': job['reads'], 'Hidden': True, 'ReadOnly': True,
        'MacroExecutionMode': 0,  # never
        'UpdateDocMode': 0,  # links are not followed
    }))
    if document is None:
        return {'state': 'failed', 'reason': 'not loaded'}
    try:
        if old_letters.mentions_old_fonts(job['input']):
            letters.mend(document)
        options = uno.Any('[]com.sun.star.beans.PropertyValue', properties(job['options']))
        document.storeToURL(uno.systemPathToFileUrl(job['output']), properties({'FilterName': job['writes'], 'FilterData': options}))
    finally:
        document.close(True)
    return {'state': 'done'}


def convert_cold(job):
    global office
    options = {name: {'type': 'boolean', 'value': 'true' if value else 'false'} for name, value in job['options'].items()}
    for _ in range(2):
        office = subprocess.Popen([
            program + '/soffice.bin', '--headless', '--norestore', '--nologo', '--nolockcheck', '-env:UserInstallation=file://' + work + '/profile',
            '--infilter=' + job['reads'], '--convert-to', 'pdf:' + job['writes'] + ':' + json.dumps(options),
            '--outdir', os.path.dirname(job['output']), job['input'],
        ], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if office.wait() != NOT_YET:
            break
    return {'state': 'done' if os.path.exists(job['output']) else 'failed'}


def say(answer):
    print(json.dumps(answer), flush=True)


with open(work + '/letters.json', encoding='utf-8') as tables:
    letters = old_letters.Letters(json.load(tables))
lines = queue.Queue()
office = start() if mode == 'warm' else None
threading.Thread(target=read_lines, daemon=True).start()
desktop = connected() if mode == 'warm' else None
say({'state': 'ready'})
while True:
    job = json.loads(lines.get())
    try:
        say(convert(job) if mode == 'warm' else convert_cold(job))
    except Exception as error:
        if office.poll() is not None or type(error).__name__ == 'DisposedException':
            leave(3)
        say({'state': 'failed', 'reason': type(error).__name__})
