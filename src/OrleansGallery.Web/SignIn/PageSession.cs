using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace OrleansGallery.Web;

/// <summary>
/// Who signed in to the page: the visitor's key, in a cookie that only this process can read, that no script sees, and
/// that comes with no request of another site.
/// </summary>
/// <param name="protection">Makes it unreadable.</param>
internal sealed class PageSession(IDataProtectionProvider protection)
{
    internal const string Cookie = "gallery-key";

    private const string KeyClaim = "gallery-key";

    private static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    private readonly ITimeLimitedDataProtector _protector =
        protection.CreateProtector("gallery page").ToTimeLimitedDataProtector();

    /// <summary>The key that a visitor of the page signed in with.</summary>
    /// <param name="context">A request.</param>
    /// <returns>The key; null: he did not, or too long ago.</returns>
    public string? KeyOf(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            return context.Request.Cookies[Cookie] is { Length: > 0 } kept ? _protector.Unprotect(kept) : null;
        }
        catch (CryptographicException)
        {
            // Too old, or of a process that ran before this one.
            return null;
        }
    }

    internal static string? KeyOf(ClaimsPrincipal visitor) => visitor.FindFirst(KeyClaim)?.Value;

    /// <summary>Says to the circuit who its visitor is.</summary>
    internal static void Show(HttpContext context, string key) =>
        context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(KeyClaim, key)], "key"));

    internal void Open(HttpContext context, string key) =>
        context.Response.Cookies.Append(Cookie, _protector.Protect(key, Longest), Rules(context));

    internal static void Close(HttpContext context) => context.Response.Cookies.Delete(Cookie, Rules(context));

    private static CookieOptions Rules(HttpContext context) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, Path = "/",
        IsEssential = true,
    };
}
