using System.Globalization;
using OrleansGallery.Training;
using SkiaSharp;

namespace OrleansGallery.TorchTests;

/// <summary>
/// The look is frozen, because models are judged on it: a failure here means that figures measured before no longer
/// compare. If the change is wanted, raise <see cref="Catalogue.RendererVersion"/> and copy the printed fingerprints.
/// </summary>
public sealed class CatalogueLookTests
{
    private const int Blocks = 8;

    /// <summary>Room for what Skia's code for another CPU, or another JPEG encoder's rounding, may change.</summary>
    private const int Tolerance = 3;

    private static readonly Catalogue Default = new(new CatalogueOptions { Seed = 1 });

    [Fact]
    public void RendererVersion_IsTheOneOfTheseFingerprints() => Assert.Equal(1, Catalogue.RendererVersion);

    [Fact]
    public void Designs_OfTheFirstProducts_AreFrozen()
    {
        string designs = string.Join('\n', Default.Products.Take(12).Select(p => string.Create(
            CultureInfo.InvariantCulture,
            $"{p.Id} {p.Shape} {p.Texture.Kind} {p.Texture.Repeats:F2} "
            + $"{p.Label.Text} {p.Label.Plate} {p.Label.Emblem}")));
        Assert.Equal(
            """
            product-000 Can Lattice 6.52 6L2O Hexagon Bolt
            product-001 Can Rings 4.12 BJRZ Rounded Leaf
            product-002 Can Waves 4.80 0G5 Shield Heart
            product-003 Can Stripes 4.46 RAV Ellipse Triangle
            product-004 Mug Stripes 5.65 XDV Ribbon Triangle
            product-005 Tube Gradient 7.13 QB0T Ribbon Bolt
            product-006 Jar Checks 5.40 QGQ Hexagon Ring
            product-007 Bottle Waves 5.86 1QO Rounded Ring
            product-008 Spray Zigzag 4.94 9OB8 Rectangle Star
            product-009 Spray Triangles 6.44 JY43 Rounded Bolt
            product-010 Spray Bricks 5.09 4X3OG Ribbon Heart
            product-011 Spray Checks 5.48 QBWV7 Shield Ring
            """,
            designs);
    }

    [Theory]
    [InlineData(0, 0,
        "BE7425896C4463708D84757C8577639C673DB07437A86F48DC73B7B882536C617CAA73B0BF68D6AE49A2BF8355AE7872"
        + "DC9563F7EDE9F4E9F6F8D8FCFBF2FCD6B7E3D5B1A5D1A498EBA783EAB296D7B1A4E4AFE6F0ECF2F5D3F8F0D7EDF3E0E7"
        + "F5C3B6F4BAAFD0ADB2BC56C5F273F8D357E6CC90D9E6B4CEEBF9F8E1C7D5A996B2A083A18E6B92AA88BFD5ACE7D6A9EE"
        + "F8E5F9ACBBF19DA2D8A18EA9C0A8CFFCDEFDF3CFFBDDB7F3DEBFF2D9BAEFF4E1F6A49DAEEDE0F5FAEAFDF9EAFDE9CFFC")]
    [InlineData(3, 7,
        "61615D565955463F544245654E586563585263544D6466585E646164686458545F484E5D5E616851696167645F708D77"
        + "67706E757A7864627067558E5A70725B675D566D5F6C6E627E86867A7F806F5B8099B4B0909AB6725978777678A7B7A7"
        + "8893947675826D879988A695827D867460787A6A7D9BA19A91A1A38976997B72B47A4D9C715E7476627B908C939CA19E"
        + "8FA1A29EB1B291A0A38891978B828D979AA0A9B3B3AAB2B196A9AA9CB0AE6A7677768481A4A8A3ADC0BAB6C5C5B7C3C4")]
    [InlineData(6, 2,
        "2223212324222425232527242C312E282C2A2A2C2A2A2E2C272A27292B292A2D2C2C302F2E32312F3332201F1E1E1A19"
        + "2F33312E32322D323A2E35493B413F3134331E1B1A1F1B1A373D3C30374F2F3351272A431F25313B414025222122201E"
        + "3F46451D15243B404F4247533936442622253A35374D4F52495152273C456D64704F53574B4B5225262D57555A575F60"
        + "515D5D35414A495359404C4D4143474244475C59585B58575B67684D575C2831412F39494B595E5A59575C59575D5A58")]
    [InlineData(11, 4,
        "8C124F89124E886174565656896476913C669E6B84B08B93C690ACD0A1BAC5ACB9CFB1CBD5B8C9C5AAB8A47E93988998"
        + "98386C97396C8975888295969F6483B78DA0B07D96A67C939F4E7C9A567C5C8998406C84AEA4A8B4A7AA8DCBA1897F85"
        + "AC7196BB97B084928A7F9298D1CDCD8ECEA76FFEA76EFEA6F6F1F4DBD4D2D8F5B8D7F4B8AD8CA1B8CCC683C2A380D1A5"
        + "FFFFFFFEFEFEDADBD1DEF7C2CACEC4C9D2C6AEC2B5AFA9AEDFE4E8ECEEF1BFC1CDC4C1CACCDBCAC1CBBCB7C0AEB7BEAE")]
    [InlineData(23, 9,
        "2D2D2B2E2E2C2A2C291E201D1E201D3532333B3A392022212E2E2C2E2F2D2F312E222422202420242625212423202221"
        + "3335343435353539353134302D2F2D2A302A272A29252726393C37393B353D403A2F38322C38312F422A2F382E2D352B"
        + "4044403D413D40413E374139424C405C4E4C4648404F5150464A47454845353933353D33554A48584B4B5658564F5E4F"
        + "4A4E4B454945434442343A32443E3C5457564A534A50614D4B504A494C48494C484A4F4A454948444642454945464D46")]
    [InlineData(29, 1,
        "47464B434044393532433F3D635D5873696578726D716F6D3B393B2D292834302E383432524845756E6C766D6C6B686A"
        + "312C2B3934343A38303D3A3244403D655E5C7774747C7A733632313A3634413F3236322F3C38364F4C497A777575766A"
        + "4A4747514D4D3D383735342E3F43394D4B426864654D484B6B64676B62634F4D50484A46726E7371625C4E45434B4344"
        + "715E5F7D6568676165585857766D6F70605962565174645D7962657D686C756F784C4E485B5A565C564D75655D77665E")]
    [InlineData(45, 3,
        "698E65A5B2979E7783B06D8AB5B3BA80A4867F94746D87657B997B709F68B2998EDB5696D888ACD6D2CBDFD3CAD6CDC3"
        + "B7D593A5C282BF9998A8BFC7C7C8D3CCBFC4E1D6CCDACFC6E0FC9EB5BF917B785F796F609B978BA49592A1948D818076"
        + "DBDAC3BDB89BB8AAABBABEABB9BCA48793815F5F5D565652BEC0BAC0B7A4C0AAB5D9CAC2E1DCCFD4D2C99C8BA49D8BA2"
        + "CCC8BDC8BFB7C8B4BFC8C2D1C5C9D5C3C9CDB9B7C4BABFC5C8C3A8B297AFB5A1B8D8D5E5D9D7EBD1CEE6CCC9E0C6C4DA")]
    [InlineData(63, 5,
        "212818232A1A2935202D3A1F2939213036272F3724313925262D1C28311F37572E3C5F342B46252730203238273C4330"
        + "2D34242C3B24394F2F5A5249414B38353C2938402D3B4231313825333C284C41324E40333D482D323827343E2C363E2E"
        + "363F2B3D422E52443751433642493336412F444E373944323C453050473754473751523F4650383848374657433E4936"
        + "424C34474F38524E3C4B533C4B563E4A5640434F3B4D574049533A4C563D505B42546148525D435660475963495B654B")]
    public void RenderJpeg_SomeViews_LookAsTheyDid(int product, int view, string fingerprint)
    {
        byte[] actual = Fingerprint(Default.RenderJpeg(product, view));
        byte[] expected = Convert.FromHexString(fingerprint);
        int worst = actual.Zip(expected, (a, b) => Math.Abs(a - b)).Max();
        Assert.True(
            worst <= Tolerance, $"Off by {worst} levels. The fingerprint now is {Convert.ToHexString(actual)}.");
    }

    [Fact]
    public void Fingerprint_OfAnotherView_IsFarOff()
    {
        byte[] one = Fingerprint(Default.RenderJpeg(0, 0));
        byte[] other = Fingerprint(Default.RenderJpeg(0, 1));
        Assert.True(one.Zip(other, (a, b) => Math.Abs(a - b)).Max() > 10 * Tolerance);
    }

    /// <summary>The mean red, green and blue of 8 x 8 blocks.</summary>
    private static byte[] Fingerprint(byte[] jpeg)
    {
        using SKBitmap image = SKBitmap.Decode(jpeg);
        SKColor[] pixels = image.Pixels;
        int side = image.Width / Blocks;
        byte[] means = new byte[Blocks * Blocks * 3];
        for (int block = 0; block < Blocks * Blocks; block++)
        {
            (int red, int green, int blue) = (0, 0, 0);
            for (int i = 0; i < side * side; i++)
            {
                int y = (block / Blocks * side) + (i / side);
                int x = (block % Blocks * side) + (i % side);
                SKColor pixel = pixels[(y * image.Width) + x];
                (red, green, blue) = (red + pixel.Red, green + pixel.Green, blue + pixel.Blue);
            }

            means[block * 3] = (byte)(red / (side * side));
            means[(block * 3) + 1] = (byte)(green / (side * side));
            means[(block * 3) + 2] = (byte)(blue / (side * side));
        }

        return means;
    }
}
