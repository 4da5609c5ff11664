"""The Web API's methods: each a function of the playground and the call's arguments, returning the answer.

A method raises `SlackError` where Slack answers with an error.
"""

from collections.abc import Callable, Mapping

from bot.playground.methods import chat, files, lookup, views
from bot.playground.methods.arguments import Arguments
from bot.playground.slack import Slack
from bot.playground.workspace import JSON

Method = Callable[[Slack, Arguments], JSON]

METHODS: Mapping[str, Method] = {
    "auth.test": lookup.auth_test,
    "chat.postMessage": chat.post_message,
    "chat.postEphemeral": chat.post_ephemeral,
    "chat.update": chat.update,
    "chat.delete": chat.delete,
    "chat.getPermalink": chat.permalink,
    "conversations.history": lookup.history,
    "conversations.replies": lookup.replies,
    "conversations.info": lookup.channel_info,
    "conversations.list": lookup.channel_list,
    "conversations.open": lookup.channel_open,
    "users.info": lookup.user_info,
    "users.list": lookup.user_list,
    "usergroups.list": lookup.group_list,
    "usergroups.users.list": lookup.group_users,
    "views.open": views.open_view,
    "views.update": views.update_view,
    "reactions.add": chat.react,
    "files.getUploadURLExternal": files.upload_url,
    "files.completeUploadExternal": files.complete,
}
