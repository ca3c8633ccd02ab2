using System.Text;
using Npgsql;
using OrleansGallery.Storage;

namespace OrleansGallery.StoreTests;

/// <summary>The table from the driver's errors to the store's.</summary>
public sealed class ErrorTests
{
    [Theory]
    [InlineData("53100", StoreAwayReason.Full)]
    [InlineData("53200", StoreAwayReason.Unreachable)]
    [InlineData("53300", StoreAwayReason.Unreachable)]
    [InlineData("XX001", StoreAwayReason.Damaged)]
    [InlineData("XX002", StoreAwayReason.Damaged)]
    [InlineData("25006", StoreAwayReason.Failing)]
    [InlineData("58030", StoreAwayReason.Failing)]
    [InlineData("42P01", StoreAwayReason.Failing)]
    [InlineData("42501", StoreAwayReason.Failing)]
    [InlineData("40001", StoreAwayReason.Unreachable)]
    [InlineData("40P01", StoreAwayReason.Unreachable)]
    [InlineData("55P03", StoreAwayReason.Unreachable)]
    [InlineData("57014", StoreAwayReason.Unreachable)]
    [InlineData("57P03", StoreAwayReason.Unreachable)]
    [InlineData("08006", StoreAwayReason.Unreachable)]
    public void Of_AnAnswer_HasAReasonAndIsCertain(string state, StoreAwayReason reason)
    {
        PostgresException cause = new("No.", "ERROR", "ERROR", state);

        StoreAwayException away = Assert.IsType<StoreAwayException>(PostgresErrors.Of(cause, sent: true));

        Assert.Equal((reason, false), (away.Reason, away.IsOutcomeUnknown));
        Assert.Equal(state == PostgresErrorCodes.LockNotAvailable, away.IsBusy);
        Assert.Equal($"PostgreSQL says: No. (SQLSTATE {state}).", away.Message);
        Assert.Same(cause, away.InnerException);
    }

    [Theory]
    [InlineData("22021")]
    [InlineData("23505")]
    [InlineData("23514")]
    public void Of_RefusedData_IsTheData(string state) => Assert.IsType<StoreDataException>(
        PostgresErrors.Of(new PostgresException("No.", "ERROR", "ERROR", state), sent: true));

    [Fact]
    public void Of_TheEndOfTheConnection_IsUnknownIfSomethingWasSent()
    {
        foreach (Exception cause in (Exception[])
        [
            new PostgresException("Going down.", "FATAL", "FATAL", "57P01"), new NpgsqlException("Broken."),
            new TimeoutException(), new IOException(),
        ])
        {
            Assert.True(PostgresErrors.IsDrivers(cause));
            Assert.True(Assert.IsType<StoreAwayException>(PostgresErrors.Of(cause, sent: true)).IsOutcomeUnknown);
            Assert.False(Assert.IsType<StoreAwayException>(PostgresErrors.Of(cause, sent: false)).IsOutcomeUnknown);
        }
    }

    [Fact]
    public void IsDrivers_OfTheStoresOwnOrADefect_IsNot()
    {
        Assert.False(PostgresErrors.IsDrivers(new StoreAwayException(StoreAwayReason.Damaged, "Damaged.")));
        Assert.False(PostgresErrors.IsDrivers(new InvalidOperationException()));
        Assert.False(PostgresErrors.IsDrivers(new ObjectDisposedException("store")));
        Assert.IsType<StoreDataException>(PostgresErrors.Of(new EncoderFallbackException(), sent: true));
    }
}
