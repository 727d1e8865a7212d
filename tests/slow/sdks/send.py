"""Sends one message by a vendor's own client, to a server on loopback in the vendor's place.

Run by test_sdks.py with the Python of the environment that has the clients:
``python send.py VENDOR http://127.0.0.1:PORT``, the message as JSON on standard input. The redirection
to the server happens below the clients, where the octets leave: nothing that they write is changed.
"""

import json
import sys
from urllib.parse import urlsplit, urlunsplit


def led_to(base):
    """Redirects what requests, httpx and urllib3 send to another address; the path and the query stay."""
    there = urlsplit(base)

    def elsewhere(url):
        parts = urlsplit(url)
        return urlunsplit((there.scheme, there.netloc, parts.path, parts.query, ""))

    import urllib3

    opened = urllib3.PoolManager.urlopen

    def urlopen(self, method, url, *arguments, **options):
        return opened(self, method, elsewhere(url), *arguments, **options)

    urllib3.PoolManager.urlopen = urlopen
    try:
        from requests.adapters import HTTPAdapter
    except ModuleNotFoundError:
        pass
    else:
        sent = HTTPAdapter.send

        def send(self, request, **options):
            request.headers["X-Sent-To"] = urlsplit(request.url).netloc
            request.url = elsewhere(request.url)
            return sent(self, request, **options)

        HTTPAdapter.send = send
    try:
        import httpx
    except ModuleNotFoundError:
        return
    handled = httpx.HTTPTransport.handle_request

    def handle_request(self, request):
        request.headers["X-Sent-To"] = request.url.host
        request.url = httpx.URL(elsewhere(str(request.url)))
        return handled(self, request)

    httpx.HTTPTransport.handle_request = handle_request


def twilio(message):
    from twilio.rest import Client

    client = Client(message["account"], "secret")
    sender = {"from_": message["sender"]} if "sender" in message else {}
    client.messages.create(to=message["to"], body=message["text"], **sender, **message.get("more", {}))


def vonage(message):
    from vonage import Auth, Vonage
    from vonage_messages import Sms

    client = Vonage(auth=Auth(api_key="key", api_secret="secret"))
    sms = Sms(to=message["to"], from_=message["sender"], text=message["text"], **message.get("more", {}))
    client.messages.send(sms)


def vonage_sms(message):
    from vonage import Auth, Vonage
    from vonage_sms import SmsMessage

    client = Vonage(auth=Auth(api_key="key", api_secret="secret"))
    more = message.get("more", {})
    client.sms.send(SmsMessage(to=message["to"], from_=message["sender"], text=message["text"], **more))


def _amazon(service):
    import boto3

    return boto3.client(
        service,
        region_name="eu-west-3",
        endpoint_url=sys.argv[2],
        aws_access_key_id="key",
        aws_secret_access_key="secret",
    )


def aws(message):
    _amazon("pinpoint-sms-voice-v2").send_text_message(
        DestinationPhoneNumber=message["to"],
        MessageBody=message["text"],
        OriginationIdentity=message["sender"],
        **message.get("more", {}),
    )


def aws_sns(message):
    named = {"AWS.SNS.SMS.SenderID": message["sender"], **message.get("more", {})}
    _amazon("sns").publish(
        PhoneNumber=message["to"],
        Message=message["text"],
        MessageAttributes={
            name: {"DataType": "String", "StringValue": value} for name, value in named.items()
        },
    )


def infobip(message):
    from infobip_api_client import (
        ApiClient,
        Configuration,
        SmsApi,
        SmsDestination,
        SmsMessage,
        SmsMessageContent,
        SmsRequest,
        SmsTextContent,
    )

    configuration = Configuration(
        host=sys.argv[2], api_key={"APIKeyHeader": "key"}, api_key_prefix={"APIKeyHeader": "App"}
    )
    content = SmsMessageContent(SmsTextContent(text=message["text"]))
    destinations = [SmsDestination(to=number) for number in message["to"]]
    sms = SmsMessage(sender=message["sender"], destinations=destinations, content=content)
    with ApiClient(configuration) as client:
        SmsApi(client).send_sms_messages(SmsRequest(messages=[sms]))


def telnyx(message):
    from telnyx import Telnyx

    more = message.get("more", {})
    client = Telnyx(api_key="key", max_retries=0)
    client.messages.send(to=message["to"], from_=message["sender"], text=message["text"], **more)


def clicksend(message):
    import clicksend as package

    configuration = package.Configuration(host=sys.argv[2], username="user", password="key")
    messages = [
        {"body": message["text"], "to": number, "from": message["sender"], **message.get("more", {})}
        for number in message["to"]
    ]
    with package.ApiClient(configuration) as client:
        request = package.SendSmsRequest.from_dict({"messages": messages})
        package.SmsApi(client).send_sms(send_sms_request=request)


def ovhcloud(message):
    import ovh

    client = ovh.Client(
        endpoint="ovh-eu", application_key="key", application_secret="secret", consumer_key="consumer"
    )
    client.post(
        f"/sms/{message['account']}/jobs",
        message=message["text"],
        receivers=message["to"],
        sender=message["sender"],
        **message.get("more", {}),
    )


def brevo(message):
    from brevo import Brevo

    Brevo(api_key="key").transactional_sms.send_transac_sms(
        sender=message["sender"], recipient=message["to"], content=message["text"], **message.get("more", {})
    )


def mailjet(message):
    from mailjet_rest import Client

    client = Client(auth="token", version="v4")
    client.api_call(
        "POST",
        "https://api.mailjet.com/v4/sms-send",
        data=json.dumps({"From": message["sender"], "To": message["to"], "Text": message["text"]}),
        headers={"Content-Type": "application/json", "Authorization": "Bearer token"},
    )


def sinch(message):
    from sinch import SinchClient

    client = SinchClient(service_plan_id=message["account"], sms_api_token="token", sms_region="eu")
    client.sms.batches.send_sms(
        to=message["to"], from_=message["sender"], body=message["text"], **message.get("more", {})
    )


def messagebird_rest(message):
    import messagebird

    client = messagebird.Client("key")
    more = message.get("more", {})
    client.message_create(message["sender"], message["to"], message["text"], more)


def bird_sms(message):
    from bird import Bird

    client = Bird(api_key="key", region=message["account"])
    client.sms.send(
        to=message["to"], from_=message["sender"], text=message["text"], **message.get("more", {})
    )


def plivo(message):
    import plivo as package

    client = package.RestClient(message["account"], "token")
    client.messages.create(src=message["sender"], dst=message["to"], text=message["text"])


if __name__ == "__main__":
    led_to(sys.argv[2])
    globals()[sys.argv[1].replace("-", "_")](json.load(sys.stdin))
