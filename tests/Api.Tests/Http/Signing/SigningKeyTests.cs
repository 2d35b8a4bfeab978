using System.Text;
using Api.Http.Signing;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Api.Tests.Http.Signing;

public class SigningKeyTests
{
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"test": 2432232314}""");

    [Fact]
    public void A_symmetric_signature_is_that_of_the_standard() =>
        Assert.Equal(
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            SigningKey.Parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")!.Sign("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", Body)
        );

    [Fact]
    public void An_asymmetric_key_pair_is_that_of_RFC_8032()
    {
        // RFC 8032 §7.1, test 1.
        var secret = Convert.FromHexString("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
        var key = SigningKey.Parse("whsk_" + Convert.ToBase64String(secret))!;
        Assert.Equal(
            "whpk_" + Convert.ToBase64String(Convert.FromHexString("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")),
            key.ForReceiver
        );
        Assert.Equal("whsk_" + Convert.ToBase64String(secret), key.Secret);
    }

    [Fact]
    public void An_asymmetric_signature_is_verified_with_the_public_key_only()
    {
        var key = SigningKey.New(SigningKey.Asymmetric);
        var signature = key.Sign("msg_1", "1614265330", Body);
        Assert.StartsWith("v1a,", signature, StringComparison.Ordinal);
        var content = (byte[])[.. "msg_1.1614265330."u8, .. Body];
        Assert.True(Verifies(content));
        content[0]++;
        Assert.False(Verifies(content));

        bool Verifies(byte[] signed) =>
            Ed25519.Verify(
                Convert.FromBase64String(signature["v1a,".Length..]),
                0,
                Convert.FromBase64String(key.ForReceiver["whpk_".Length..]),
                0,
                signed,
                0,
                signed.Length
            );
    }

    [Theory]
    [InlineData(SigningKey.Symmetric, "whsec_", 32)]
    [InlineData(SigningKey.Asymmetric, "whsk_", 32)]
    public void A_new_key_has_32_random_bytes_and_is_read_again(string version, string prefix, int bytes)
    {
        var key = SigningKey.New(version);
        Assert.StartsWith(prefix, key.Secret, StringComparison.Ordinal);
        Assert.Equal(bytes, Convert.FromBase64String(key.Secret[prefix.Length..]).Length);
        Assert.NotEqual(SigningKey.New(version).Secret, key.Secret);
        Assert.Equal(key.Sign("1", "2", Body), SigningKey.Parse(key.Secret)!.Sign("1", "2", Body));
    }

    [Theory]
    [InlineData("")]
    [InlineData("secret")]
    [InlineData("whsec_")]
    [InlineData("whsec_c2hvcnQ=")]
    [InlineData("whsec_!")]
    [InlineData("whsk_")]
    [InlineData("whsk_c2hvcnQ=")]
    [InlineData("whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=")]
    public void What_is_no_secret_is_not_taken_for_one(string text) => Assert.Null(SigningKey.Parse(text));
}
