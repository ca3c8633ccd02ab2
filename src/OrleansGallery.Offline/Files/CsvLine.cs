using System.Text;

namespace OrleansGallery.Offline;

/// <summary>A line of comma-separated values (RFC 4180): fields in double quotes may hold commas, and quotes doubled.
/// </summary>
internal static class CsvLine
{
    /// <summary>Parts a line; blanks around a field are not part of it.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <returns>The fields, without their quotes.</returns>
    public static List<string> Fields(string line)
    {
        List<string> fields = [];
        StringBuilder field = new();
        bool quoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (c == '"')
            {
                if (quoted && i + 1 < line.Length && line[i + 1] == '"')
                {
                    field.Append(line[++i]);
                }
                else
                {
                    quoted = !quoted;
                }
            }
            else if (c == ',' && !quoted)
            {
                fields.Add(field.ToString().Trim());
                field.Clear();
            }
            else
            {
                field.Append(c);
            }
        }

        fields.Add(field.ToString().Trim());
        return fields;
    }
}
