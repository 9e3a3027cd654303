/** The commands that run history again without a broker. */
package io.quantumtrader.app.replay;
