using System.Text;

namespace OrleansGallery.Offline;

/// <summary>A line of comma-separated values (RFC 4180): fields in double quotes may hold commas, and quotes doubled. A
/// quote within a field that does not begin with one is a character like any other.</summary>
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
        bool begins = true;
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (c == '"' && (quoted || begins))
            {
                begins = false;
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
                begins = true;
            }
            else
            {
                begins &= c is ' ' or '\t';
                field.Append(c);
            }
        }

        fields.Add(field.ToString().Trim());
        return fields;
    }
}
