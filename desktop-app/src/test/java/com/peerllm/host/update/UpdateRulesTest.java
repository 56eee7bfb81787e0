package com.peerllm.host.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.host.published.SignedFile;
import com.peerllm.host.update.Installation.How;
import com.peerllm.shared.identity.PeerIdentity;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UpdateRulesTest {
    private static final Instant NOW = SomeRelease.THEN.plus(Duration.ofDays(3));
    private static final How DEB = new How.BySystem(PackageKind.DEB);
    private final ReleaseFile deb = SomeRelease.file(PackageKind.DEB, "peerllm_1.1.0_amd64.deb", new byte[] {1});
    private final Release release = SomeRelease.of("1.1.0", deb);
    private final PeerIdentity maintainer = PeerIdentity.generate();

    @Test
    void onlyANewerVersionIsOffered() {
        assertThat(judge(release, "1.0.0")).isEqualTo(new UpdateRules.Verdict.Newer(release, Optional.of(deb), false));
        assertThat(judge(release, "1.1.0-rc.1")).isInstanceOf(UpdateRules.Verdict.Newer.class);
        assertThat(judge(release, "1.1.0")).isEqualTo(new UpdateRules.Verdict.Newest());
        assertThat(refusal(judge(release, "1.2.0"))).contains("offers 1.1.0, and this is the newer 1.2.0");
    }

    @Test
    void aListThatRanOutOrComesFromTheFutureOrThePastIsRefused() {
        Installation here = SomeRelease.installed("1.0.0", DEB);
        assertThat(refusal(UpdateRules.judge(release, here, Optional.empty(), release.expiresAt())))
                .contains("ran out")
                .contains("holding newer ones back");
        assertThat(refusal(UpdateRules.judge(release, here, Optional.empty(), NOW.minus(Duration.ofDays(30)))))
                .contains("Check the clock");
        assertThat(refusal(UpdateRules.judge(release, here, Optional.of(SomeRelease.THEN.plusSeconds(1)), NOW)))
                .contains("went back in time");
    }

    @Test
    void aComputerForWhichThereIsNoPackageIsTold() {
        Installation rpm = SomeRelease.installed("1.0.0", new How.BySystem(PackageKind.RPM));
        Installation mac = new Installation(
                Version.find("1.0.0"), new TargetSystem("macos", "arm64"), new How.BySystem(PackageKind.DMG));
        assertThat(refusal(UpdateRules.judge(release, rpm, Optional.empty(), NOW)))
                .contains("has no rpm package for this computer (linux x64)");
        assertThat(refusal(UpdateRules.judge(release, mac, Optional.empty(), NOW)))
                .contains("macos arm64");
        assertThat(UpdateRules.judge(release, SomeRelease.installed("1.0.0", new How.ByHand()), Optional.empty(), NOW))
                .isEqualTo(new UpdateRules.Verdict.Newer(release, Optional.empty(), false));
    }

    @Test
    void aVersionThatIsNotLookedAfterAnyMoreNeedsTheUpdate() {
        Release since = new Release(
                1,
                release.version(),
                release.publishedAt(),
                release.expiresAt(),
                release.notes(),
                Version.of("1.1.0"),
                List.of(deb));
        assertThat(judge(since, "1.0.9")).isEqualTo(new UpdateRules.Verdict.Newer(since, Optional.of(deb), true));
    }

    @Test
    void oneByteChangedOrAnotherKeyAndAManifestIsNotBelieved() {
        SignedFile signed = ReleaseManifest.signed(release, maintainer);
        assertThat(ReleaseManifest.verified(signed, maintainer.publicKey())).isEqualTo(release);

        SignedFile changed = new SignedFile(
                new String(signed.content(), StandardCharsets.UTF_8)
                        .replace("1.1.0", "1.9.0")
                        .getBytes(StandardCharsets.UTF_8),
                signed.signature());
        assertThatThrownBy(() -> ReleaseManifest.verified(changed, maintainer.publicKey()))
                .isInstanceOf(InvalidRelease.class)
                .hasMessage("its signature is not that of the PeerLLM maintainers");
        assertThatThrownBy(() ->
                        ReleaseManifest.verified(signed, PeerIdentity.generate().publicKey()))
                .isInstanceOf(InvalidRelease.class);
    }

    @Test
    void whatCannotBeIsNeitherSignedNorTaken() {
        for (String url : List.of(
                "http://mirror.example/a.deb",
                "../a.deb",
                "/a.deb",
                "a.deb?x",
                "a b.deb",
                "a.rpm",
                "https://u@h/a.deb",
                "x/.deb"))
            assertThatThrownBy(() -> ReleaseManifest.signed(
                            SomeRelease.of("1.1.0", SomeRelease.file(PackageKind.DEB, url, new byte[1])), maintainer))
                    .as(url)
                    .isInstanceOf(InvalidRelease.class);
        assertThatThrownBy(() -> ReleaseManifest.signed(SomeRelease.of("1.1.0", deb, deb), maintainer))
                .hasMessageContaining("two packages of a kind");
        SignedFile foreign = SignedFile.signed("{\"format\":2}".getBytes(StandardCharsets.UTF_8), maintainer);
        assertThatThrownBy(() -> ReleaseManifest.verified(foreign, maintainer.publicKey()))
                .isInstanceOf(InvalidRelease.class);
    }

    @Test
    void filesOfAnEncryptedManifestAreEncrypted() {
        URI manifest = URI.create("https://peers.example/dl/release.json");
        assertThat(ReleaseRules.address(manifest, deb)).hasToString("https://peers.example/dl/peerllm_1.1.0_amd64.deb");
        ReleaseFile plain = SomeRelease.file(PackageKind.DEB, "http://127.0.0.1/a.deb", new byte[1]);
        assertThatThrownBy(() -> ReleaseRules.address(manifest, plain)).hasMessageContaining("not encrypted");
    }

    private static UpdateRules.Verdict judge(Release release, String installed) {
        return UpdateRules.judge(release, SomeRelease.installed(installed, DEB), Optional.empty(), NOW);
    }

    private static String refusal(UpdateRules.Verdict verdict) {
        return ((UpdateRules.Verdict.Refused) verdict).sentence();
    }
}
