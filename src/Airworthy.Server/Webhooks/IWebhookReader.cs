namespace Airworthy.Server.Webhooks;

/// <summary>Reads one format of webhook. Each is one file in this folder and one line in <see cref="WebhookReaders"/>.</summary>
internal interface IWebhookReader
{
    /// <summary>The last part of its path, <c>/hooks/NAME</c>; it also names its secret: <c>--webhook-secret NAME=FILE</c>.</summary>
    string Name { get; }

    /// <summary>
    /// The signatures that a request shows: HMAC-SHA256 of the body under the shared secret, in hexadecimal. Any one that is right will do; none where
    /// the format knows no signatures.
    /// </summary>
    IEnumerable<string> Signatures(WebhookRequest request);

    /// <summary>
    /// The time at which the request says it was sent, in seconds since 1970, where its signature vouches for that time by signing <c>time:body</c>; null where
    /// the body alone is signed.
    /// </summary>
    string? SignedTime(WebhookRequest request) => null;

    /// <summary>Reads what a request tells. What is of no interest here is told in <see cref="WebhookContent.Ignored"/>, never refused.</summary>
    /// <exception cref="ServerException">It is not of this format.</exception>
    WebhookContent Read(WebhookRequest request);
}
