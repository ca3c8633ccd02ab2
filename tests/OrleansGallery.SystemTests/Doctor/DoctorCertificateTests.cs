using OrleansGallery.Server;
using OrleansGallery.SystemTests.Fixtures;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Doctor;

/// <summary>What <c>gallery doctor</c> says of certificates.</summary>
public sealed class DoctorCertificateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CertificateFolder _certificates = new();

    [Theory]
    [InlineData("expired", "it was valid until 20")]
    [InlineData("future", "it is valid from 20")]
    [InlineData("key", "cannot be used")]
    [InlineData("missing", "there is no such file")]
    public async Task Doctor_CertificateOfNoUse_IsWrong(string fault, string words)
    {
        (string certificate, string key) = fault switch
        {
            "expired" => _certificates.Pem("a", -9, -1),
            "future" => _certificates.Pem("a", 1, 9),
            "key" => (_certificates.Pem("a").Certificate, _certificates.Pem("b").Key),
            _ => (_certificates.Path("missing.pem"), ""),
        };
        (await HttpAsync(certificate, key)).AssertWrong("certificates", "Server:Certificate", words);
    }

    [Fact]
    public async Task Doctor_CertificateThatEndsSoonAndNamesNobody_IsAWarning()
    {
        (string certificate, string key) = _certificates.Pem("a", validToDays: 29);
        DoctorRun run = await HttpAsync(certificate, key);
        run.AssertSaid("certificates", DoctorOutcome.Warning, "valid until", "Renew it")
            .AssertSaid("certificates", DoctorOutcome.Warning, "names no host");
        Assert.Equal(0, run.Code);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Doctor_CertificateAsItShouldBe_IsOkAndItsKeyIsNobodyElses(bool isOpen)
    {
        (string certificate, string key) = _certificates.Pem("a", validToDays: 40, host: "gallery.example");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(
                key, UnixFileMode.UserRead | UnixFileMode.UserWrite | (isOpen ? UnixFileMode.OtherRead : 0));
        }

        DoctorRun run = await HttpAsync(certificate, key);

        run.AssertOk("certificates", "valid until").AssertOk("certificates", "is for gallery.example");
        Assert.Equal(isOpen, run.Findings.Any(finding => finding is
            { Check: "certificates", Outcome: DoctorOutcome.Warning }));
    }

    [Fact]
    public async Task Doctor_CertificateOfTheCluster_IsLookedAtToo()
    {
        (string certificate, string key) = _certificates.Pem("a", -9, -1);
        DoctorRun run = await DoctorRun.OfAsync(
            _folder, ("Server:DataFolder", _folder.File("data")), ("Server:Urls", "http://127.0.0.1:0"),
            ("Server:Roles", "api"), ("Cluster:Database", "Host=127.0.0.1;Port=1;Database=x;Username=y"),
            ("Cluster:Certificate", certificate), ("Cluster:CertificateKey", key),
            ("Cluster:CertificateAuthority", _certificates.Authority));
        run.AssertSaid("certificates", DoctorOutcome.Wrong, "Cluster:Certificate", "it was valid until 20");
    }

    public void Dispose()
    {
        _folder.Dispose();
        _certificates.Dispose();
    }

    private Task<DoctorRun> HttpAsync(string certificate, string key) => DoctorRun.OfAsync(
        _folder, ("Server:DataFolder", _folder.File("data")), ("Server:Urls", "https://127.0.0.1:0"),
        ("Server:Certificate", certificate), ("Server:CertificateKey", key));
}
