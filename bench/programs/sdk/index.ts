// What every program loads: the time in which it starts is the least that there is.
import "@pulumi/pulumi";
