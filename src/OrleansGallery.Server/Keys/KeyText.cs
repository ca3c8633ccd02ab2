using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace OrleansGallery.Server;

/// <summary>
/// A key as its holder has it: <c>gk_</c>, its id, and 256 random bits, in hexadecimal. The id finds it, so that no
/// secret is ever looked up; searches for secrets that leaked find the prefix.
/// </summary>
internal static class KeyText
{
    public const string Prefix = "gk_";

    private const int IdDigits = 16;
    private const int SecretBytes = 32;
    private const int Length = 3 + IdDigits + 1 + (2 * SecretBytes);

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <summary>Makes a key that there never was.</summary>
    /// <returns>Its id, the whole of it, and what may be stored of its secret.</returns>
    public static (string Id, string Text, byte[] SecretHash) Make()
    {
        byte[] secret = RandomNumberGenerator.GetBytes(SecretBytes);
        string id = RandomNumberGenerator.GetHexString(IdDigits, lowercase: true);
        return (id, $"{Prefix}{id}_{Convert.ToHexStringLower(secret)}", SHA256.HashData(secret));
    }

    /// <summary>Takes a key apart.</summary>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out string? id, [NotNullWhen(true)] out byte[]? secretHash)
    {
        (id, secretHash) = (null, null);
        if (text.Length != Length || !text.StartsWith(Prefix, StringComparison.Ordinal)
            || text[Prefix.Length + IdDigits] != '_')
        {
            return false;
        }

        Span<byte> secret = stackalloc byte[SecretBytes];
        ReadOnlySpan<char> shown = text.AsSpan(Prefix.Length + IdDigits + 1);
        if (!shown.ContainsAnyExcept(Digits)
            && Convert.FromHexString(shown, secret, out _, out _) == OperationStatus.Done)
        {
            (id, secretHash) = (text.Substring(Prefix.Length, IdDigits), SHA256.HashData(secret));
        }

        return id is not null;
    }
}
