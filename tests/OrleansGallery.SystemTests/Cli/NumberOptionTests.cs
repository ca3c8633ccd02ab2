using System.CommandLine;
using OrleansGallery.Cli;
using OrleansGallery.Contracts;

namespace OrleansGallery.SystemTests.Cli;

/// <summary>Numbers on the command line mean the same everywhere, or are refused.</summary>
public sealed class NumberOptionTests
{
    [Theory]
    [InlineData("--threshold is '0,1'", "create", "g", "--threshold", "0,1")]
    [InlineData("--threshold is '1,000'", "search", "g", "i.png", "--threshold", "1,000")]
    [InlineData("--threshold is 'NaN'", "search", "g", "i.png", "--threshold", "NaN")]
    [InlineData("--threshold is '-Infinity'", "create", "g", "--threshold=-Infinity")]
    [InlineData("--threshold is '1e999'", "create", "g", "--threshold", "1e999")]
    [InlineData("--margin is '0,1'", "create", "g", "--margin", "0,1")]
    [InlineData("--margin is ' 0.1'", "create", "g", "--margin", " 0.1")]
    [InlineData("--margin is '0.1 '", "create", "g", "--margin", "0.1 ")]
    [InlineData("--dimension is '1,024'", "create", "g", "--dimension", "1,024")]
    [InlineData("--dimension is '5.0'", "create", "g", "--dimension", "5.0")]
    [InlineData("--dimension is '0x10'", "create", "g", "--dimension", "0x10")]
    [InlineData("--dimension is '99999999999'", "create", "g", "--dimension", "99999999999")]
    [InlineData("--partitions is '1 000'", "create", "g", "--partitions", "1 000")]
    [InlineData("--top is '1,0'", "search", "g", "i.png", "--top", "1,0")]
    [InlineData("--top is '1001'; it must be a whole number, 1 to 1000.", "search", "g", "i.png", "--top", "1001")]
    [InlineData("--limit is '-1'", "identities", "g", "--limit", "-1")]
    [InlineData("--row is '1,0'", "search", "g", "--vector", "v.npy", "--row", "1,0")]
    [InlineData("--duration is '0,5'", "bench", "search", "g", "--duration", "0,5")]
    [InlineData("--updates is '101'", "bench", "search", "g", "--updates", "101")]
    [InlineData("--top is '1,000'", "similar", "--gallery", "g", "--queries", "q", "--top", "1,000")]
    [InlineData("--shots is ' 5'", "episodes", "c.json", "--shots", "1, 5")]
    [InlineData("--seed is '+-1'", "episodes", "c.json", "--seed", "+-1")]
    [InlineData("--products is '1,000'", "demo", "--products", "1,000")]
    [InlineData("--last-stride is '3'", "model", "import", "f", "--last-stride", "3")]
    [InlineData("--fit is '1'; stretch, crop, pad are possible.", "model", "import", "f", "--fit", "1")]
    [InlineData("--pixels is 2; 1 and 255 are possible.", "model", "import", "f", "--pixels", "2")]
    [InlineData("--mean has 2 numbers", "model", "import", "f", "--mean", "0.5,0.5")]
    [InlineData("--std is 'x'", "model", "import", "f", "--std", "x,1,1")]
    [InlineData("--input is '256x 128'", "model", "import", "f", "--input", "256x 128")]
    public async Task RunAsync_TextThatIsNoNumber_Is2QuotingIt(string expected, params string[] arguments)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        Assert.Equal(2, await CommandLine.RunAsync(arguments, output, error));
        Assert.Empty(output.ToString());
        Assert.StartsWith(expected, error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.5", 0.5)]
    [InlineData("-0.25", -0.25)]
    [InlineData("1e-3", 0.001)]
    public void TryParse_NumberWithAPoint_IsRead(string text, double expected)
    {
        Assert.True(PlainNumber.TryParse(text, out double value));
        Assert.Equal(expected, value);
    }

    [Fact]
    public void EveryCommand_OptionsThatAreNumbers_AreReadTheSameWay()
    {
        List<string> others = [];
        int numbers = 0;
        foreach ((string path, Option option) in OptionsOf(CommandLine.CreateRoot(), "gallery"))
        {
            Type type = Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType.GetElementType()
                ?? option.ValueType;
            bool counts = Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.Decimal && !type.IsEnum;
            if (counts || type == typeof(TimeSpan))
            {
                numbers++;
                object? parser = option.GetType().GetProperty(nameof(Option<>.CustomParser))!.GetValue(option);
                if ((parser as Delegate)?.Method.DeclaringType?.DeclaringType != typeof(NumberOption))
                {
                    others.Add($"{path} {option.Name}");
                }
            }
        }

        Assert.Empty(others);
        Assert.True(numbers > 20, $"Only {numbers} options are numbers.");
    }

    private static IEnumerable<(string Path, Option Option)> OptionsOf(Command command, string path) =>
        command.Options.Select(option => (path, option))
            .Concat(command.Subcommands.SelectMany(inner => OptionsOf(inner, $"{path} {inner.Name}")));
}
