/**
 * Words no password may consist of, whatever digits and signs stand around them: the most used ones
 * of public lists, keyboard walks, and words of this house.
 */
export const DENIED_WORDS: ReadonlySet<string> = new Set(
  `abcabc abcd abcde abcdef abcdefg abcdefgh abcdefghijkl access account admin administrator
   anthony apple asdf asdfasdf asdfg asdfgh asdfghjkl asdfjkl ashley auditor bailey baseball
   basketball batman bond broker cairn cairncairn changeit changeme charlie charlieb cheese chelsea
   computer cookie corvette daniel default demo donald dragon fidelity finance flower football
   freedom fuckyou fund george ginger guest hannah harley hello hellohello helloworld hockey hunter
   iloveyou internet investor jennifer jessica jordan jordans joshua juniper jushi killer letmein
   letmeinletmein liverpool login loveme lovely manager maggie market master matrix matthew merlin
   michael michelle michelleb monkey mustang mypassword nicole ninja operations oracle orange
   pass passphrase passw passwd password passwordpassword pepper phoenix pokemon postgres
   princess princessprincess purple qazwsx qazwsxedc qazwsxedcrfv qwaszx qwer qwert qwerty
   qwertyqwerty qwertyuiop qwertyuiopasdf ranger redhat reviewer root samsung sandbox secret
   securities security server service shadow silver soccer solo starwars staff summer sunshine
   sunshines superman superuser support system taylor temp test testing testtest thomas thunder
   tigger trader trustno trustnoone unknown user username wealth welcome welcomewelcome whatever
   william winner winter woaini woainiwoaini wodemima yamaha zaq zaqwsx zaqxsw zhongguo zxcv zxcvb
   zxcvbn zxcvbnm`.split(/\s+/),
);
