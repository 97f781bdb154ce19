using Airworthy.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgresCluster))]
