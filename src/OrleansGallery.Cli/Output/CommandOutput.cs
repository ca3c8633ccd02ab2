using System.CommandLine;
using System.Text.Json;
using OrleansGallery.Contracts;
using Spectre.Console;

namespace OrleansGallery.Cli;

/// <summary>Where a command's answer and its progress go.</summary>
internal sealed class CommandOutput
{
    private const int PipeWidth = 400;

    private static readonly JsonSerializerOptions Indented = CreateJson();

    private readonly TextWriter _output;

    private CommandOutput(TextWriter output, TextWriter error, bool json)
    {
        _output = output;
        Error = error;
        IsJson = json;
        ErrorIsTerminal = ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected;
    }

    /// <summary>Whether the answer is one JSON document.</summary>
    public bool IsJson { get; }

    /// <summary>Standard error: progress, warnings.</summary>
    public TextWriter Error { get; }

    /// <summary>Whether somebody watches the progress.</summary>
    public bool ErrorIsTerminal { get; }

    public static CommandOutput Of(ParseResult arguments) => new(
        arguments.InvocationConfiguration.Output,
        arguments.InvocationConfiguration.Error,
        arguments.GetValue(CommonOptions.Json));

    public void WriteJson(object document) => _output.WriteLine(ToJson(document));

    /// <summary>One line of JSON, of an answer that has no end.</summary>
    public void WriteJsonLine(object item)
    {
        _output.WriteLine(JsonSerializer.Serialize(item, item.GetType(), GalleryJson.Options));
        _output.Flush();
    }

    public static string ToJson(object document) => JsonSerializer.Serialize(document, document.GetType(), Indented);

    public void WriteLine(string text) => _output.WriteLine(text);

    public void WriteTable(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        bool terminal = ReferenceEquals(_output, Console.Out) && !Console.IsOutputRedirected;
        ConsoleOn(_output, terminal).Write(TableOf(TableBorder.Simple, columns, rows));
    }

    /// <summary>A table for a report; the lines are as long as they are, also on a terminal.</summary>
    public void WriteMarkdownTable(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows) =>
        _output.Write(MarkdownTable(columns, rows));

    /// <summary>A table's lines, each with its end.</summary>
    public static string MarkdownTable(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        using StringWriter text = new();
        ConsoleOn(text, terminal: false).Write(TableOf(TableBorder.Markdown, columns, rows));

        // The lines above and below are blanks, where other tables have a border.
        return string.Concat(text.ToString().Split('\n').Where(line => !string.IsNullOrWhiteSpace(line))
            .Select(line => line.TrimEnd() + Environment.NewLine));
    }

    private static Table TableOf(
        TableBorder border, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        Table table = new() { Border = border };
        foreach (string column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column)).NoWrap());
        }

        foreach (IReadOnlyList<string> row in rows)
        {
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        return table;
    }

    /// <summary>Named values, one per line.</summary>
    public void WriteFields(params IEnumerable<(string Name, string? Value)> fields)
    {
        List<(string Name, string? Value)> lines = [.. fields];
        int width = lines.Max(line => line.Name.Length);
        foreach ((string name, string? value) in lines)
        {
            _output.WriteLine($"{name.PadRight(width)}  {value ?? "-"}");
        }
    }

    /// <summary>A console for a live bar on standard error.</summary>
    public IAnsiConsole ProgressConsole() => ConsoleOn(Error, ErrorIsTerminal);

    private static IAnsiConsole ConsoleOn(TextWriter writer, bool terminal)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = terminal ? AnsiSupport.Detect : AnsiSupport.No,
            Interactive = terminal ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!terminal)
        {
            // A pipe has no width; ids must not be cut to one.
            console.Profile.Width = PipeWidth;
        }

        return console;
    }

    private static JsonSerializerOptions CreateJson()
    {
        JsonSerializerOptions options = new() { WriteIndented = true };
        GalleryJson.Configure(options);
        return options;
    }
}
