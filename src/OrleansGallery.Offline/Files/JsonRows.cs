using System.Text;
using System.Text.Json;

namespace OrleansGallery.Offline;

/// <summary>The elements of the arrays that a JSON document, or several one after the other, has at known places: one
/// is in memory at a time.</summary>
/// <param name="buffer">The file.</param>
/// <param name="file">Its path, for messages.</param>
/// <param name="arrays">The arrays' places: names with dots between them; empty for the document itself.</param>
internal sealed class JsonRows(ReadBuffer buffer, string file, params IReadOnlyList<string> arrays)
{
    private const int LongestName = 64;

    private readonly Stack<string> _open = [];
    private JsonReaderState _state = new(new JsonReaderOptions { AllowMultipleValues = true });
    private string _name = string.Empty;
    private bool _isInRows;
    private bool _hasRows;
    private bool _hasRowsOfDocument;

    /// <summary>The place of a value that is remembered; null: none.</summary>
    public string? Noted { get; init; }

    /// <summary>That value as a text, the last one of the file; null: it is null, or not there.</summary>
    public string? NotedText { get; private set; }

    /// <summary>Reads the elements; each is disposed of by whoever takes it.</summary>
    /// <exception cref="InvalidDataException">It is no JSON, ends early, or has no such array; the message names the
    /// place.</exception>
    public IEnumerable<(long Line, JsonDocument Row)> Read()
    {
        while (Next() is { } row)
        {
            yield return row;
        }

        if (!_hasRows)
        {
            throw new InvalidDataException($"'{file}' {NoArray()}");
        }
    }

    private string NoArray() => arrays.All(name => name.Length == 0) ? "is no array." : "has no array "
        + string.Join(" or ", arrays.Where(name => name.Length > 0).Select(name => $"'{name}'"))
        + ", and is none itself.";

    private (long Line, JsonDocument Row)? Next()
    {
        try
        {
            while (true)
            {
                Utf8JsonReader reader = new(buffer.Unread.Span, buffer.Ended, _state);
                JsonDocument? row = Advance(ref reader, out int start);
                int consumed = (int)reader.BytesConsumed;
                _state = reader.CurrentState;
                buffer.Advance(row is null ? consumed : start);
                if (row is not null)
                {
                    long line = buffer.Line;
                    buffer.Advance(consumed - start);
                    return (line, row);
                }

                if (buffer.Ended)
                {
                    return _open.Count == 0 ? null : throw new JsonException("the file ends early");
                }

                if (!buffer.Fill())
                {
                    throw new JsonException($"one value is longer than {ReadBuffer.MaxLength / 1024 / 1024} MiB");
                }
            }
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException(
                $"'{file}' line {(exception.LineNumber ?? (buffer.Line - 1)) + 1}"
                + (exception.BytePositionInLine is { } at ? $", byte {at + 1}" : string.Empty)
                + $": {FactOf(exception)}.",
                exception);
        }
    }

    /// <summary>What is wrong, without the place, which counts from 0.</summary>
    public static string FactOf(JsonException exception) =>
        exception.Message.Split(" LineNumber:", 2)[0].TrimEnd('.', ' ');

    private JsonDocument? Advance(ref Utf8JsonReader reader, out int start)
    {
        while (true)
        {
            Utf8JsonReader ahead = reader;
            start = 0;
            if (!ahead.Read())
            {
                return null;
            }

            if (!_isInRows || ahead.TokenType == JsonTokenType.EndArray)
            {
                Note(ref ahead);
                reader = ahead;
                continue;
            }

            start = (int)ahead.TokenStartIndex;
            if (!JsonDocument.TryParseValue(ref ahead, out JsonDocument? row))
            {
                return null;
            }

            reader = ahead;
            return row;
        }
    }

    private void Note(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                ReadOnlySpan<byte> name = reader.ValueSpan;
                _name = Encoding.UTF8.GetString(name.Length > LongestName ? name[..LongestName] : name);
                break;
            case JsonTokenType.StartObject:
                _open.Push(Place());
                break;
            case JsonTokenType.StartArray:
                string place = Place();
                _isInRows = arrays.Contains(place);
                _hasRows |= _isInRows;
                _hasRowsOfDocument |= _isInRows;
                _open.Push(place + "[]");
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                _open.Pop();
                _isInRows = false;
                RequireRows();
                break;
            case JsonTokenType.String or JsonTokenType.Number or JsonTokenType.Null when Noted is not null:
                NotedText = Place() != Noted ? NotedText
                    : reader.TokenType == JsonTokenType.Null ? null
                    : Encoding.UTF8.GetString(reader.ValueSpan);
                break;
        }
    }

    // Of several documents one that is something else is an answer that failed: rows are missing.
    private void RequireRows()
    {
        if (_open.Count > 0)
        {
            return;
        }

        if (!_hasRowsOfDocument)
        {
            throw new InvalidDataException($"'{file}': what begins at line {buffer.Line} or behind it {NoArray()}");
        }

        _hasRowsOfDocument = false;
    }

    private string Place() => !_open.TryPeek(out string? parent) ? string.Empty
        : parent.EndsWith(']') ? parent
        : parent.Length == 0 ? _name
        : $"{parent}.{_name}";
}
