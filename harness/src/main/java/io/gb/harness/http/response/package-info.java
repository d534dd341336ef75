/**
 * What a server says: {@link io.gb.harness.http.response.ResponseHead} and {@link
 * io.gb.harness.http.response.ResponseBody} read the responses of all engines. Knows no engine.
 */
@NullMarked
package io.gb.harness.http.response;

import org.jspecify.annotations.NullMarked;
