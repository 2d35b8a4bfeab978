namespace Api.Import.Merging;

/// <summary>How lines are handled that cannot be imported as they are.</summary>
internal enum Rejections
{
    /// <summary>Nothing is written.</summary>
    Refuse,

    /// <summary>They are left out, with the lines that refer to them; the others are written.</summary>
    Skip,

    /// <summary>Invalid values are corrected or left out, member by member; a line is left out only when nothing else helps.</summary>
    Mend,
}
