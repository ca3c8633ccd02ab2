using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace OrleansGallery.Web;

/// <summary>A text of one answer, unknown before, that tells the browser which of its scripts are ours.</summary>
/// <param name="Text">128 random bits.</param>
internal sealed record ScriptNonce(string Text)
{
    public static string Of(HttpContext context) => context.Features.Get<ScriptNonce>()?.Text
        ?? throw new InvalidOperationException($"No guard made a nonce for {context.Request.Path}.");

    public static string MakeFor(HttpContext context)
    {
        ScriptNonce made = new(RandomNumberGenerator.GetHexString(32, lowercase: true));
        context.Features.Set(made);
        return made.Text;
    }
}
