namespace Airworthy.TrialWorker.Preparing;

/// <summary>The code that counts what <see cref="WorkRewriter"/> marks: added to the counters of edges, in C# 7 so that every project takes it.</summary>
internal static class WorkCode
{
    public const string Text = """

        namespace AirworthyTrial
        {
            internal static class Work
            {
                public static readonly long[] Walked = new long[1];

                /// <summary>Something that goes through a whole collection.</summary>
                public static T Walk<T>(T used)
                {
                    var items = used as System.Collections.ICollection;
                    if (items != null && !(items is System.Collections.IDictionary) && !IsSet(items))
                    {
                        unchecked { Walked[0] += items.Count; }
                    }

                    return used;
                }

                /// <summary>Items as they are asked for.</summary>
                public static System.Collections.Generic.IEnumerable<T> Each<T>(System.Collections.Generic.IEnumerable<T> items)
                {
                    return items == null ? null : Counted(items);
                }

                private static System.Collections.Generic.IEnumerable<T> Counted<T>(System.Collections.Generic.IEnumerable<T> items)
                {
                    foreach (var item in items)
                    {
                        unchecked { Walked[0]++; }
                        yield return item;
                    }
                }

                private static bool IsSet(object items)
                {
                    return items.GetType().Name.IndexOf("Set", System.StringComparison.Ordinal) >= 0 || items.GetType().Name.IndexOf("KeyCollection", System.StringComparison.Ordinal) >= 0;
                }
            }
        }
        """;
}
