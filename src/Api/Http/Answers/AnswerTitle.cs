using Api.Http.Parameters;

namespace Api.Http.Answers;

/// <summary>What is in a list, in words: "Articles on China". For formats that have a title, see <see cref="Format.HasTitle"/>.</summary>
internal static class AnswerTitle
{
    /// <summary>Says it.</summary>
    public static void Set(HttpContext http, string title) => http.Items[typeof(AnswerTitle)] = title;

    /// <summary>What was said; null when nothing was.</summary>
    public static string? Of(HttpContext http) => http.Items.TryGetValue(typeof(AnswerTitle), out var title) ? (string)title! : null;
}
