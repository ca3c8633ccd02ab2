namespace OrleansGallery.Testing;

/// <summary>Where PostgreSQL's programs are, and as whom they run.</summary>
/// <param name="Folder">The folder of <c>initdb</c> and <c>pg_ctl</c>.</param>
/// <param name="User">
/// Whom to run them as where the tests are root, whom PostgreSQL refuses: name, user and group number; null: as they
/// are.
/// </param>
internal sealed record PostgresPrograms(string Folder, PostgresPrograms.Account? User)
{
    private const string DebianFolder = "/usr/lib/postgresql/15/bin";

    /// <summary>Looks for them.</summary>
    /// <param name="missing">Why there are none, for the tests that are skipped.</param>
    /// <returns>The programs, or null.</returns>
    public static PostgresPrograms? Find(out string missing)
    {
        missing = string.Empty;
        if (!OperatingSystem.IsLinux() || !File.Exists(Path.Combine(DebianFolder, "initdb")))
        {
            missing = $"PostgreSQL 15 is not installed: there is no '{DebianFolder}/initdb' "
                + "(apt-get install postgresql-15).";
            return null;
        }

        if (Environment.UserName != "root")
        {
            return new PostgresPrograms(DebianFolder, null);
        }

        Account? user = AccountOf("postgres") ?? AccountOf("nobody");
        if (user is null)
        {
            missing = "The tests run as root, whom PostgreSQL refuses, and there is no user 'postgres' or 'nobody'.";
            return null;
        }

        return new PostgresPrograms(DebianFolder, user);
    }

    private static Account? AccountOf(string name) => File.ReadLines("/etc/passwd")
        .Select(line => line.Split(':'))
        .Where(fields => fields.Length >= 4 && fields[0] == name)
        .Select(fields => new Account(name, fields[2], fields[3]))
        .FirstOrDefault();

    /// <summary>A line of <c>/etc/passwd</c>.</summary>
    internal sealed record Account(string Name, string UserId, string GroupId);
}
