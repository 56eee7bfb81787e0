package com.peerllm.host.engine;

/**
 * Chat templates written for the tests: each asks for calls in one of the known formats, with the constructs that real templates
 * use, around the marks that the starter model knows.
 */
final class TestTemplates {
    private static final String TURN = """
            {%- for m in messages -%}
            {%- if m.role == 'system' -%}<|system|>{{ m.content | trim }}<|end|>
            {%- elif m.role == 'tool' -%}<|user|>Result: {{ m.content }}<|end|>
            {%- elif m.role == 'assistant' -%}<|bot|>{{ m.content }}""";

    private static final String END = """
            <|end|>
            {%- else -%}<|user|>{{ m.content | trim }}<|end|>
            {%- endif -%}
            {%- endfor -%}
            {%- if add_generation_prompt -%}<|bot|>{%- endif -%}""";

    /** Calls between tags. */
    static final String HERMES = """
            {%- if tools -%}<|system|>Tools:
            {%- for t in tools %} {{ t | tojson }}{% endfor -%}
            Call one as <tool_call>{"name": ..., "arguments": ...}</tool_call>.<|end|>{%- endif -%}""" + TURN + """
            {%- for c in m.tool_calls or [] %}
            {%- set f = c.function if c.function is defined else c %}
            {{ '\\n<tool_call>\\n{"name": "' + f.name + '", "arguments": ' }}{{ f.arguments | tojson }}{{ '}\\n</tool_call>' }}
            {%- endfor -%}""" + END;

    /** One call, which is the whole answer. */
    static final String LLAMA = """
            {%- if tools is defined and tools is not none -%}<|system|>{{ tools | tojson }}<|end|>{%- endif -%}""" + TURN + """
            {%- if m.tool_calls is defined -%}
            {%- if m.tool_calls | length != 1 -%}{{ raise_exception('One call at once.') }}{%- endif -%}
            {%- set f = m.tool_calls[0].function -%}
            {{ '{"name": "' + f.name + '", ' }}{{ '"parameters": ' }}{{ f.arguments | tojson }}{{ '}' }}
            {%- endif -%}""" + END;

    /** A list of calls behind a word. */
    static final String MISTRAL_LIST = """
            {%- if tools -%}<|system|>[AVAILABLE_TOOLS] {{ tools | tojson }}[/AVAILABLE_TOOLS]<|end|>{%- endif -%}""" + TURN + """
            {%- if m.tool_calls -%}[TOOL_CALLS] [
            {%- for c in m.tool_calls -%}
            {%- set call = c.function | tojson -%}
            {{ call[:-1] + ', "id": "' + c.id + '"}' }}{{ ', ' if not loop.last else '' }}
            {%- endfor -%}]{%- endif -%}""" + END;

    /** Calls without quotes, and arguments as the text that came in. */
    static final String MISTRAL_ARGUMENTS = """
            {%- if tools -%}<|system|>[AVAILABLE_TOOLS]{{ tools | tojson }}[/AVAILABLE_TOOLS]<|end|>{%- endif -%}""" + TURN + """
            {%- for c in m.tool_calls or [] -%}
            {{ '[TOOL_CALLS]' + c.function.name + '[ARGS]' + c.function.arguments }}
            {%- endfor -%}""" + END;

    /** The same with the ids of the calls. */
    static final String MISTRAL_ID = MISTRAL_ARGUMENTS.replace("'[ARGS]'", "'[CALL_ID]' + c.id + '[ARGS]'");

    /** The prompt opens the thinking. */
    static final String THINKING =
            TURN + END.replace("<|bot|>{%- endif", "<|bot|>{{ '<think>\\n' }}{%- endif") + "{#- </think> #}";

    /** The prompt opens and closes the thinking when it is switched off. */
    static final String SWITCHED = TURN
            + END
            + "{%- if enable_thinking is defined and not enable_thinking -%}{{ '<think>\\n\\n</think>\\n\\n' }}{%- endif -%}";

    private TestTemplates() {}
}
