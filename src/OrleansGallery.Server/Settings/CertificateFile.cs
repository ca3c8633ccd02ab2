using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OrleansGallery.Server;

/// <summary>A certificate with its private key, from the files that settings name.</summary>
internal static class CertificateFile
{
    /// <summary>Reads PKCS #12, or PEM with the key in it or in a file of its own.</summary>
    /// <param name="path">The certificate.</param>
    /// <param name="keyPath">Its key; empty: in the same file.</param>
    /// <param name="password">Of the key; empty: none.</param>
    public static X509Certificate2 Load(string path, string keyPath, string password)
    {
        string? given = password.Length > 0 ? password : null;
        if (X509Certificate2.GetCertContentType(path) == X509ContentType.Pkcs12)
        {
            return X509CertificateLoader.LoadPkcs12FromFile(path, given);
        }

        string? key = keyPath.Length > 0 ? keyPath : null;
        using X509Certificate2 pem = given is null
            ? X509Certificate2.CreateFromPemFile(path, key)
            : X509Certificate2.CreateFromEncryptedPemFile(path, given, key);

        // Windows takes no key for TLS that was only read from a file.
        return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), password: null);
    }

    /// <summary>Reads something of a file.</summary>
    /// <exception cref="StartRefusedException">It is missing or of no use; the setting is named.</exception>
    public static T Read<T>(string setting, string path, Func<T> read)
    {
        try
        {
            return File.Exists(path) ? read() : throw Refusal(setting, path, "there is no such file.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException
            or CryptographicException or ArgumentException)
        {
            throw Refusal(setting, path, exception.Message.ReplaceLineEndings(" "), exception);
        }
    }

    /// <summary>What is wrong with a certificate of one's own now, whoever it is shown to; null: nothing.</summary>
    public static string? FaultOf(X509Certificate2 own, DateTime now) => own switch
    {
        { HasPrivateKey: false } => "it has no private key.",
        _ when now > own.NotAfter => $"it was valid until {Text(own.NotAfter)}.",
        _ when now < own.NotBefore => $"it is valid from {Text(own.NotBefore)}.",
        _ => null,
    };

    public static StartRefusedException Refusal(string setting, string path, string fault, Exception? cause = null) =>
        new($"{setting} is '{path}', which cannot be used: {fault}", cause);

    private static string Text(DateTime time) => time.ToUniversalTime().ToString("u", CultureInfo.InvariantCulture);
}
