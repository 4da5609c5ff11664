"""A local Slack: the real protocols, in memory, on loopback only, and a page to type in.

The unchanged bot connects to it, over Socket Mode or signed HTTP. It refuses what Slack refuses, with Slack's
error codes. It serves the demo and the tests alike; nothing here imports another room of the bot.

    workspace      people, channels, messages, files: plain state
    limits         what Slack refuses in a message: text, blocks, metadata (`shapes`, `blocks` say the schema)
    methods/       the Web API, a function per method; `web_api` guards them with token, scopes and faults
    socket_mode    deliveries to the bot over a web socket; `http_mode` the same as signed requests
    response_url   answers to one command or press
    events         what the app hears of messages
    people         what a person's typing or pressing does; `modals` what their filling in a modal does
    people_api     the same as JSON under /play/, for the page and the tests
    server         all of it as one ASGI application, and `Playground`, which serves it
"""
