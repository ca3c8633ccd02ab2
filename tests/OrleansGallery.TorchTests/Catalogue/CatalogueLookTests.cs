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
            product-000 Can Zigzag 7.73 6L2O Ellipse Cross
            product-001 Can Stripes 4.65 BJRZ Ribbon Triangle
            product-002 Can Dots 5.52 0G5 Ellipse Leaf
            product-003 Can Waves 5.09 RAV Hexagon Diamond
            product-004 Mug Stripes 6.63 MBO Rectangle Star
            product-005 Tube Gradient 8.53 9HHK Ellipse Leaf
            product-006 Jar Checks 6.30 OG1 Rectangle Leaf
            product-007 Bottle Waves 6.90 B5LL Rectangle Cross
            product-008 Spray Gradient 5.71 9OB8 Shield Star
            product-009 Spray Rings 7.63 JY43 Rounded Crescent
            product-010 Spray Triangles 5.90 4X3OG Ribbon Ring
            product-011 Spray Zigzag 6.41 QBWV7 Shield Heart
            """,
            designs);
    }

    [Theory]
    [InlineData(0, 0,
        "BE74258A6C4464708E81767B8577639B693EB07437A86F48DC73B7B782526E5E7BA974B0C750D7AD48A3BF8355AE7872"
        + "DC9563F7EDE9F5E9F6F9D2FCFBEBFCDBAAE2D5B1A5D1A498EBA783EAB296D8B1A4E2AFE5F0EDF3F3C7F9ECD8EFF3E0E7"
        + "F6C3B7F4BAAFD0ADB2B95CC5F357F8D852E7D08DD8E5B2CEEAF8F8DEC6D4A996B29E86A18C7092AC8CBCD4AAE6DDB5EA"
        + "F8E5F9ACBBF19CA2D8A18EA9C0A8CFFCDEFDF3D1FBDEB8F3DEBFF2D9BAEFF4E1F6A49DAEEDE0F5FAEAFDF9EAFDEAD2FB")]
    [InlineData(3, 7,
        "61615D565955463F544245654E586563585263544D6466585E646164686458545F484D5D5E616851696167645F708D77"
        + "67706E757A7868596F6D4A8D64596F5B685D566D5F6C6E627E86867A7F806F5E829BBAAD9E8BB3735A78777678A7B7A7"
        + "8893947872827A7B9689A997827E867460787A6A7D9BA19A91A1A38976998F47AE7F519B715E7476627B908C939CA19E"
        + "8FA1A29EB1B291A0A38791978B828D979AA0A9B3B3AAB2B196A9AA9CB0AE6A7677768481A4A8A3ADC0BAB6C5C5B7C3C4")]
    [InlineData(6, 2,
        "2223212324222425232527242C312E282C2A2A2C2A2A2E2C272A27292B292A2D2C2C302F2E32312F3332201F1E1E1A19"
        + "2F33312E32322D323A2E35493B413F3134331E1B1A1F1B1A373D3C30374F2F385627253E1F202B3B414125212022201D"
        + "3F46451E212E3C34444544524A42502621243A36364E5053485152393843716673474F515651592B242B59575C586060"
        + "515D5D36363F59575F464F524D50574A4B4F5B58575B58575B67684D555B3035462E38474A53585A59575C59575D5A58")]
    [InlineData(11, 4,
        "8C124F89124E886174565656896476913C669E6B84B08B93C690ACD0A1BAC5ACB9CFB1CBD5B8C9C5AAB8A47E93988998"
        + "98386C97396C927B9B97A1BB9F6483B78DA0B07D96A67C939F4E7C9D57806990AD4A7398B0A5ACB4A7AA8DCBA1897F85"
        + "AC7196BB96AF9FA1B58494A0D1CDCD8ECEA76FFEA76EFEA6F6F1F4DBD4D2D8F5B8D7F4B8AD8CA1B8CCC683C2A380D1A5"
        + "FFFFFFFEFEFEDADBD1DEF7C2CACEC4C9D2C6ACC0B3AFA9AEDFE4E8EBEEF0BFC1CDC4C1CACCDBCAC2CCBDBBC3B2B6BDAD")]
    [InlineData(23, 9,
        "2D2D2B2E2E2C2A2C291E201D1E201D3532333B3A392022212E2E2C2E2F2D2F312E222422202420242625212423202221"
        + "3335343435353539353134302D2F2C2A302A272A29252726393C37393B353D403A2E383228362E2F422A2E372D2F362D"
        + "4044403D413D40413E293B30494F4550454344433D484E4B464A474548452F362F42433B4943404C41414E55524F5E4F"
        + "4A4E4B45494543444230382F473D3D4D53524A534A50614D4B504A494C48494C484A4F4A414745444642454945464D46")]
    [InlineData(29, 1,
        "47464B413F423C3936403C3A645F5A73696578726D716F6D393639332F2D302C2A383433514744756E6C766D6C6B686A"
        + "332F2D332F2E37352F38342F433F3C655E5C7774747C7A732F2B2A3D39373E3B3234302E3A36344F4C497A777576766A"
        + "504D4D5653523C373633322C3E42384D4B426964654C484B6B64676B6263535154484A45726E7371625C4E45434B4343"
        + "715E5F7D6568676165585857766D6F70605962565174645D7962657D686C756F784C4E485B5A565C564D75655D77665E")]
    [InlineData(45, 3,
        "698E65A5B1969E7883B06C8AB7B7BC80A4867F94746D87657B997B709F68B0978CDB5696D888ACD6D2CBDFD3CAD6CDC3"
        + "B7D593A5C282BF9495AAB9C4B1B8C6C7BCC1E1D6CCDACFC6E0FC9EB5BF917B755E7858539B90879C8385A1948D838378"
        + "DBDAC3BDB89BB8AAABBABEABB9BBA38793815F5F5D565652BEC0BAC0B7A4C0AAB5D9CAC2E1DCCFD4D2C99C8BA49D8BA2"
        + "CCC8BDC8BFB7C8B4BFC8C2D1C5C9D5C3C9CDB9B7C4BABFC5C8C3A8B297AFB5A1B8D8D5E5D9D7EBD1CEE6CCC9E0C6C4DA")]
    [InlineData(63, 5,
        "212818232A1A27311E2E3B2025331E3036282F3724313925262D1C282F1E37562E395833304C292833213238273C4330"
        + "2D34242A3722374C2D5A544C414A37363E2A38402D3B4231313825333B284C41334E40333D492E323827343E2C363E2E"
        + "363F2B3D422E52443751433641473236412F444E373944323C453050473754473751523F4650383848374657433E4936"
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
