namespace OrleansGallery.Server;

/// <summary>What one check finds. A check that is given up may go on writing; nobody reads that.</summary>
/// <param name="check">The check, in a word.</param>
internal sealed class DoctorReport(string check)
{
    private readonly Lock _lock = new();
    private readonly List<DoctorFinding> _findings = [];

    /// <summary>What was found so far, in order.</summary>
    public IReadOnlyList<DoctorFinding> Findings
    {
        get
        {
            lock (_lock)
            {
                return [.. _findings];
            }
        }
    }

    public void Ok(string text) => Add(DoctorOutcome.Ok, text, advice: null);

    public void Warn(string text, string advice) => Add(DoctorOutcome.Warning, text, advice);

    public void Wrong(string text, string advice) => Add(DoctorOutcome.Wrong, text, advice);

    private void Add(DoctorOutcome outcome, string text, string? advice)
    {
        DoctorFinding finding = new()
        {
            Check = check, Outcome = outcome, Text = text.ReplaceLineEndings(" ").Trim(), Advice = advice,
        };
        lock (_lock)
        {
            _findings.Add(finding);
        }
    }
}
