package com.peerllm.host.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.host.engine.Prompt;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What a model's template is given, so that a chat arrives whole in whatever template. */
class JinjaRendererTest {
    private static final InstantSource NOW = InstantSource.fixed(Instant.parse("2026-07-04T23:30:00Z"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% for m in messages %}{% if m.role == 'system' %}{{ raise_exception('No system') }}{% endif %}<{{ m.role }}>{{ m.content }}{% endfor %}",
                "{% for m in messages %}{% if m.role != 'system' %}<{{ m.role }}>{{ m.content }}{% endif %}{% endfor %}"
            })
    void aSystemMessageThatATemplateHasNoPlaceForGoesIntoTheUsers(String template) {
        assertThat(render(template, """
                {"role":"system","content":"Be short."},{"role":"user","content":"Hi"},\
                {"role":"assistant","content":"Yes?"},{"role":"user","content":"Bye"}""")).isEqualTo("<user>Be short.\nHi<assistant>Yes?<user>Bye");
        assertThat(render(template, "{\"role\":\"system\",\"content\":\"Say something.\"}"))
                .isEqualTo("<user>Say something.");
    }

    @Test
    void aTemplateThatTakesSystemMessagesGetsThemAsTheyAre() {
        assertThat(render(
                        "{% for m in messages %}<{{ m.role }}>{{ m.content }}{% endfor %}",
                        "{\"role\":\"system\",\"content\":\"Be short.\"},{\"role\":\"user\",\"content\":\"Hi\"}"))
                .isEqualTo("<system>Be short.<user>Hi");
    }

    @Test
    void theDayIsTheSameOnAllHosts() {
        assertThat(render(
                        "{{ date_string }}|{{ datetime }}|{{ strftime_now('%H') }}{{ messages[0].content[:0] }}",
                        "{\"role\":\"user\",\"content\":\"Hi\"}"))
                .isEqualTo("04 Jul 2026|Jul 04 2026|23");
    }

    private static String render(String template, String messages) {
        JinjaRenderer renderer =
                new JinjaRenderer(template, JsonMapper.builder().build(), NOW, "<s>", "</s>");
        return renderer.render(new Prompt.Chat("[" + messages + "]"));
    }
}
