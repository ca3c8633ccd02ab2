namespace OrleansGallery.Server;

/// <summary>
/// The audit trail's file, and the older ones beside it: a full one is called <c>.1</c>, and those before it move up by
/// one. What is appended is there whole, or not at all: a disk that fills up in the middle of a line leaves none of it.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="maxBytes">How large it gets.</param>
/// <param name="olderFiles">How many older ones are kept.</param>
/// <param name="open">Opens the file, unbuffered: what is written is tried on the disk at once.</param>
internal sealed class AuditLines(string path, long maxBytes, int olderFiles, Func<string, FileStream> open)
    : IDisposable
{
    private FileStream? _file;
    private bool _isContinued;

    public string Path => path;

    public static AuditLines Of(string path, ServerOptions options) =>
        new(path, options.AuditFileBytes, options.AuditOlderFiles, OpenFile);

    /// <summary>Opens the file, which otherwise is opened when the first line is there.</summary>
    public FileStream Open()
    {
        if (_file is not null)
        {
            return _file;
        }

        _file = open(path);
        _isContinued = _file.Length > 0;
        return _file;
    }

    /// <summary>Appends lines; on a failure the next ones are tried on the file anew.</summary>
    public void Append(ReadOnlySpan<byte> lines)
    {
        try
        {
            FileStream file = Open();
            if (file.Length > 0 && file.Length + lines.Length > maxBytes)
            {
                Close();
                MoveUp();
                file = Open();
            }

            if (_isContinued)
            {
                EndLine(file);
                _isContinued = false;
            }

            Write(file, lines);
        }
        catch
        {
            Close();
            throw;
        }
    }

    public void Dispose() => Close();

    private static void Write(FileStream file, ReadOnlySpan<byte> lines)
    {
        long length = file.Length;
        try
        {
            file.Write(lines);
            file.Flush();
        }
        catch (IOException)
        {
            if (file.CanSeek && file.Length > length)
            {
                file.SetLength(length);
            }

            throw;
        }
    }

    // A process that ended in the middle of a line.
    private static void EndLine(FileStream file)
    {
        file.Seek(-1, SeekOrigin.End);
        bool isEnded = file.ReadByte() == '\n';
        file.Seek(0, SeekOrigin.End);
        if (!isEnded)
        {
            file.WriteByte((byte)'\n');
        }
    }

    // Nobody but this process's user needs to read who did what.
    private static FileStream OpenFile(string path)
    {
        FileStreamOptions how = new()
        {
            Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.Read, BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, how);
    }

    private void MoveUp()
    {
        for (int number = olderFiles; number > 0; number--)
        {
            string younger = number == 1 ? path : $"{path}.{number - 1}";
            if (File.Exists(younger))
            {
                File.Move(younger, $"{path}.{number}", overwrite: true);
            }
        }
    }

    // Closing writes nothing that was not written; what it says of the disk was said before.
    private void Close()
    {
        try
        {
            _file?.Dispose();
        }
        catch (IOException)
        {
        }
        finally
        {
            _file = null;
        }
    }
}
