package com.peerllm.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Keys as an administrator makes and changes them at the command line, while no orchestrator runs. */
class KeyCommandTest {
    @TempDir
    private Path data;

    private void account() {
        assertThat(run("account create ann").code()).isZero();
    }

    private CommandLineRun run(String words) {
        return CommandLineRun.of((words + " --data " + data).split(" "));
    }

    @Test
    void aKeyIsMadeWithItsLimitsAndListedWithoutItsSecret() {
        account();
        String secret = run("key create ann --label app --scope models,chat --spend-limit 2.50 --per day"
                        + " --rpm 60 --tpm 1000 --expires 2999-01-31")
                .out();
        assertThat(secret).matches("pllm_[0-9a-f]{12}_[A-Za-z0-9_-]{43}");

        CommandLineRun list = run("key list ann");
        assertThat(list.out())
                .contains("may models,chat")
                .contains("spent $0.000000000  of $2.500000000 per day")
                .contains("60 requests/min  1000 tokens/min")
                .contains("expires 2999-01-31T00:00:00Z")
                .endsWith("app")
                .doesNotContain(secret.substring(18));
    }

    @Test
    void whatIsNotNamedStaysAndNoneTakesALimitOff() {
        account();
        String id = run("key create ann --rpm 60 --tpm 1000 --spend-limit 1 --json")
                .json()
                .path("key_id")
                .asString();

        JsonNode key = run("key update " + id + " --rpm none --spend-limit 3 --per month --scope chat --label x --json")
                .json();

        assertThat(key.has("requests_per_minute")).isFalse();
        assertThat(key.path("tokens_per_minute").asInt()).isEqualTo(1000);
        assertThat(key.path("spend_limit_nanodollars").asLong()).isEqualTo(3_000_000_000L);
        assertThat(key.path("spend_limit_period").asString()).isEqualTo("month");
        assertThat(key.path("scopes").toString()).isEqualTo("[\"chat\"]");
        assertThat(key.path("label").asString()).isEqualTo("x");
        assertThat(run("key list ann --json").json().path("keys").path(0)).isEqualTo(key);
    }

    @Test
    void aKeyMadeWithoutWordsMayDoAllButAdminister() {
        account();
        assertThat(run("key create ann --json").json().path("scopes").toString())
                .isEqualTo("[\"models\",\"chat\",\"embeddings\",\"account\"]");
    }

    @Test
    void whatMakesNoSenseIsWrongUsageAndChangesNothing() {
        for (String limits : new String[] {
            "--scope everything",
            "--rpm 0",
            "--rpm fast",
            "--tpm 100000001",
            "--per day",
            "--spend-limit 1 --per week",
            "--spend-limit -1",
            "--spend-limit much",
            "--expires tomorrow",
            "--expires 2027-01-31T25:00:00Z"
        }) {
            for (String command : new String[] {"key create ann ", "key update 000000000000 "}) {
                CommandLineRun result = run(command + limits);
                assertThat(result.code()).as(limits + ": " + result.error()).isEqualTo(ExitCode.USAGE.number);
                assertThat(result.error()).startsWith("Error: ").doesNotContain("Exception");
            }
        }
        assertThat(data).as("nothing was opened").isEmptyDirectory();
    }

    @Test
    void aKeyThatDoesNotExistCannotBeChanged() {
        CommandLineRun result = run("key update 000000000000 --rpm 5");

        assertThat(result.code()).isEqualTo(ExitCode.COMMAND_FAILED.number);
        assertThat(result.error()).contains("no valid key");
    }

    @Test
    void giftsVouchersAndErasureWorkAtTheCommandLineToo() {
        account();
        assertThat(run("account promo ann 2.50 --expires 2999-01-31 --id w").out())
                .isEqualTo("Account consumer:ann has $0.000000000 and $2.500000000 of gifts");
        assertThat(run("account promo ann 2.50 --expires 2999-01-31 --id w").code())
                .isZero();
        String[] codes = run("voucher create 5 --count 2 --promo --expires 2999-01-31 --label fair")
                .out()
                .split("\\R");
        assertThat(codes).hasSize(2).allMatch(code -> code.matches("PLLM(-[0-9A-Z]{5}){4}"));
        String list = run("voucher list").out();
        assertThat(list)
                .contains("$5.000000000 promo  made ")
                .contains("expires 2999-01-31T00:00:00Z")
                .endsWith("fair")
                .doesNotContain("PLLM");
        assertThat(run("voucher revoke " + list.substring(0, 12)).code()).isZero();
        assertThat(run("voucher revoke " + list.substring(0, 12)).code()).isEqualTo(7);
        assertThat(run("voucher list").out()).contains("revoked ");
        assertThat(run("voucher create 0").code()).isEqualTo(2);
        assertThat(run("voucher create 5 --count 0").code()).isEqualTo(7);

        assertThat(run("account erase ann").error()).contains("still has $2.500000000");
        assertThat(run("account erase ann --forfeit").out())
                .isEqualTo("Erased consumer:ann: 0 keys revoked, $2.500000000 forfeited");
        assertThat(run("account erase ann").code()).isZero();
        assertThat(run("ledger audit").code()).isZero();
    }
}
