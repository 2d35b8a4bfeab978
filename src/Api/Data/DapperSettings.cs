using System.Data;
using System.Globalization;
using Dapper;

namespace Api.Data;

/// <summary>Configures Dapper to map PostgreSQL rows to records.</summary>
internal static class DapperSettings
{
    static DapperSettings()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.AddTypeHandler(new InstantHandler());
        SqlMapper.AddTypeHandler(new ArrayHandler<string>());
        SqlMapper.AddTypeHandler(new ArrayHandler<Guid>());
        SqlMapper.AddTypeHandler(new ArrayHandler<int>());
        SqlMapper.AddTypeHandler(new ArrayHandler<long>());
        SqlMapper.AddTypeHandler(new ArrayHandler<DateTime>());
    }

    /// <summary>Applies the settings, once per process.</summary>
    public static void Apply() { }

    // timestamptz arrives as a UTC DateTime, which Dapper does not convert by itself.
    private sealed class InstantHandler : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override DateTimeOffset Parse(object value) =>
            value is DateTimeOffset instant ? instant : new DateTimeOffset((DateTime)value, TimeSpan.Zero);

        // Npgsql accepts offset zero only.
        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value) => parameter.Value = value.ToUniversalTime();
    }

    private sealed class ArrayHandler<T> : SqlMapper.TypeHandler<T[]>
    {
        public override T[] Parse(object value) =>
            value as T[]
            ?? throw new DataException(string.Create(CultureInfo.InvariantCulture, $"{value.GetType()} is no array of {typeof(T)}"));

        public override void SetValue(IDbDataParameter parameter, T[]? value) => parameter.Value = (object?)value ?? DBNull.Value;
    }
}
