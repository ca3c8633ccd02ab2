using System.Globalization;
using OrleansGallery.Drawing;
using SkiaSharp;

namespace OrleansGallery.UnitTests.Drawing;

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
        "BE7425896C4463708D85747D8B7661A06B38B07437A87048DC73B7B8804D6B68789E7BA2AF67C9AD4995BE8355AE7872"
        + "DC9564F1E2D9E6BEE9F5BEFCF8E4FBC48FD4CC9D88C99380EAA884F0C7B4E8C9C4F0D8F6F3EFF4FBF3FBFDF5FDF4E1E7"
        + "F5C3B6F4BAAFD1ADB2D75EDDF497F8DE54F5C17BD6E7BAD4EBF9F8E1C7D5A996B2AE73B2AD65B3AF87C6D5ACE7D6A9EE"
        + "F9E5F9ACBBF19CA2D8A18EA9C0A8CFFCDEFDF3CFFBDDB7F4DEBFF2D9BAEFF4E1F6A49DAEEEE0F5FAEAFDF9EAFDE9CFFC")]
    [InlineData(3, 7,
        "61615D565955463F544146654E586463585263544D6466585E646165686558545F424C5758626451696167645F708D77"
        + "67706E767A78645F6F6A5699626F81585E5B566D5F6C6E627E86877A7F806E587F99B9AF95A7B975577E747175A6B7A7"
        + "8893947575826B869887A6948382887460787A687E9BA19A91A1A3876F977872B7814FA3715E7475627A8E89929DA19D"
        + "8FA1A29EB1B28F9FA2858A968C848E96989EA9B3B3AAB2B196A9AA9CB0AE6A7678768481A4A8A4ADC0BAB6C5C5B7C3C4")]
    [InlineData(6, 2,
        "2223212324222425232527242C312F282C2A2A2C2B2B2D2C272A27292B292A2D2C2A2D2D2E32312F3332201F1E1E1A19"
        + "2E33312C31382D34483038582C2F383034341D1B1A1F1B1A373D3D2B2E422C2F46231F331E313E2F2F32252221221F1E"
        + "3F47461D202C4D4D5C495158594E5C211D243A35374D4F524951522A3A42685F6B47505241474925242F555358585D5C"
        + "515D5D39464F414E5841484C464D524E4F505A58565B59575B6768515C61242E3E333C4A485D635A59565C59575D5958")]
    [InlineData(11, 4,
        "8B13508A15508C65776060608E6D7D95446C9E6B85B08B93C892AED7ABC3BC9FAEC9B6C7DFABD5BDA1B2A47E93988998"
        + "98386C97396C996F8A95899EA6688AB78DA0B07D96A67C939E4E7CA0548069879D467B8496999CB4A7AA8DCBA1897F85"
        + "AB7196B896AC6F9F815C8799CBC9C88ECEA76FFEA76FFEA6F6F1F4D6C6CECBD6AFCBE8B4AE8DA1B8CCC683C2A380D1A5"
        + "FFFFFFFEFEFEDFE3D1E0FDBFCED8C6C9D2C6AEC2B5AFA9AEDFE4E8EBEEF0BFC1CDC4C3C3CCDBCBC2CBBCB7C0AEB7BFAE")]
    [InlineData(23, 9,
        "2D2D2B2E2E2C2A2B291E201D1E201D3432333B3A382022212E2E2C2E2F2C2F312E222421212320242625212423202221"
        + "3435343435353639343134302D2F2D2B302A272A29262826393C37393B353D403A2B362F343C362F402B363B332E372D"
        + "4044403D413D383D38444B414A4D44584A49474A42535856464A474447442D342C45463E54464759504E555B584E5E4C"
        + "4A4F4B45494540403E3337304C464551555547514750614D4B504B494C48494C484648444B504F41433E454945464D46")]
    [InlineData(29, 1,
        "47464B48464B45423E423E3C5D585373696578726D716F6D3C3B3F3632322D2927302C2A3D3835756E6C766D6C6B686A"
        + "37333235302F3C39333836313F3B38655E5C7774747C7A732C2927393535403E3343403534302E4E4A487A7775757669"
        + "312E2D5451503F3A37342F2E42423C4D4B426964654D484B6A64676B62634A46494E4C4C726E7471625C4E45434B4343"
        + "715E5F7D6568676165585857766D6F70605962555174645D7A62657D686C756F784B4E485B5A575C564D74645D77665E")]
    [InlineData(45, 3,
        "698D66A5B297A26980A69197AFCAC4759D7D597B5353774D7B997B78A06EB96081E15D9ACAB6C4DEDAD1DFD3CAA9AB9F"
        + "B7D593B1C08DB9B2ADBBA5BED5B2C5E2D4CEE3D7CDCEC6BDDFFC9FBCBA989F7E83C2A8B5C9BDCCCFAFBAC3B8B0969489"
        + "D8D6C0BCB59D898E7E819675708B62667A5854664A51594CBFC0B2C2B5A9BFAAB6D9CAC2E1DCCED4D2C89C8BA49D8BA2"
        + "C8C3AECCC3C1C8B4BFC8C2D1C5C9D4C3C9CDB9B7C4BABFC5C6BFA5AF92B1B5A1B8D8D5E6D9D7EBD1CEE6CCC9E0C6C4DA")]
    [InlineData(63, 5,
        "212818232A1A272F1D2B341E2937213036272F3724303925262E1C28301E38572F385D2E2A46232732203138273C432F"
        + "2D33232D3D243A5931595B4E45563D313A2739402D3B4231313825323E26453F2F4E40333F4830323827343E2C363E2E"
        + "363F2B39422D514436514336444D32343F2E444E373944323C45304D4736544738504B3A4750383848384657433E4936"
        + "424C344A4E38554D3B4C523C4B563F4A5640434F3B4D574149533A4C563D505941546148525C445660475963495B654B")]
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
