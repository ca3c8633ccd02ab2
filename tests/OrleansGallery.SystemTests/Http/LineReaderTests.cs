using System.IO.Pipelines;
using System.Text;
using OrleansGallery.Server;

namespace OrleansGallery.SystemTests.Http;

public sealed class LineReaderTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("a\nb", "1:a 2:b")]
    [InlineData("a\r\n\r\n \t\nb\n", "1:a 4:b")]
    [InlineData("\n\n\n", "")]
    [InlineData("", "")]
    [InlineData("\uFEFFa\n\uFEFFb", "1:a 2:\uFEFFb")]
    [InlineData("12345678\n123456789\n1", "1:12345678 2:! 3:1")]
    [InlineData("123456789012345678901234567890", "1:!")]
    public async Task ReadAsync_AnyPieces_YieldsTheSameLines(string body, string expected)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        for (int piece = 1; piece <= Math.Max(1, bytes.Length); piece++)
        {
            Pipe pipe = new();
            Task writing = WriteAsync(pipe.Writer, bytes, piece);
            LineReader lines = new(pipe.Reader, maxLineBytes: 8);
            List<string> read = [];
            while (await lines.ReadAsync(Cancelled) is { } line)
            {
                read.Add(line.TooLong
                    ? $"{line.Number}:!"
                    : $"{line.Number}:{Encoding.UTF8.GetString(line.Bytes.Span).TrimEnd('\r')}");
            }

            await writing;
            Assert.Equal(expected, string.Join(' ', read));
        }
    }

    [Fact]
    public async Task ReadAsync_BodyBreaksOff_ThrowsInsteadOfYieldingTheFragment()
    {
        Pipe pipe = new();
        await pipe.Writer.WriteAsync("whole\nfragm"u8.ToArray(), Cancelled);
        LineReader lines = new(pipe.Reader, maxLineBytes: 100);
        Assert.Equal(1, (await lines.ReadAsync(Cancelled))!.Value.Number);
        await pipe.Writer.CompleteAsync(new IOException("The connection was reset."));
        await Assert.ThrowsAsync<IOException>(async () => await lines.ReadAsync(Cancelled));
    }

    private static async Task WriteAsync(PipeWriter writer, byte[] bytes, int piece)
    {
        for (int start = 0; start < bytes.Length; start += piece)
        {
            await writer.WriteAsync(bytes.AsMemory(start, Math.Min(piece, bytes.Length - start)), Cancelled);
        }

        await writer.CompleteAsync();
    }
}
