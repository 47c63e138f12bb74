page-about = عن النظام
page-about-api = الأرقام نفسها بصيغة JSON للقراءة فقط:
page-about-changed = تاريخ التغيير
page-about-data = بيانات للبرامج
page-about-fingerprint = البصمة
page-about-lead = يحفظ إيكيستكس خطط برنامج المستوطنات بوصفها بيانات، ويفحصها كما يفحص المترجم برنامجاً، ويتابع النتائج حتى أهدافها، ويجعل كل رقم يشرح نفسه.
page-about-method = تقارن الحالة أحدث رقم بالقيمة المتوقعة على المسار المستقيم من خط الأساس عبر المعالم إلى الهدف. وهي محسوبة لا يختارها مقدم التقرير، ويجوز أن يوضع بجانبها حكم شخص.
page-about-observations = الملاحظات الإحصائية
page-about-position = آخر تغيير
page-about-records = السجلات
page-about-state = حالة السجل
page-about-statuses = معنى الحالات
page-about-version = الإصدار
page-all-duties = { $n ->
        [zero] لا مستحقات
        [one] اعرض المستحق الوحيد
        [two] اعرض المستحقين الاثنين
        [few] اعرض كل المستحقات وعددها { $n }
        [many] اعرض كل المستحقات وعددها { $n }
       *[other] اعرض كل المستحقات وعددها { $n
    }}
page-all-findings = اعرض كل نتائج الفحص وأهميتها وما يجب فعله
page-as-of-label = كما كان معروفاً في نهاية
page-bad-day = تعذرت قراءة اليوم { $day }.
    .remedy = اكتبه بصيغة السنة-الشهر-اليوم مثل 2018-06-30.
page-check-says = ما يقوله الفحص
page-cycle = دورات الخطط
page-day = تُحسب الحالات ليوم { $on } لا لليوم.
page-day-back = عرض اليوم
page-due = المستحقات
page-due-from = من
page-due-on = تاريخ الاستحقاق
page-due-what = ماذا
page-fail-bad = لا يمكن فهم الطلب.
    .remedy = ارجع وحاول ثانية من أزرار الصفحة نفسها.
page-fail-empty = لا توجد خطة هنا بعد.
    .remedy = حمّل البرنامج النموذجي بالأمر demo أو استورد مصنفاً.
page-fail-home = إلى النظرة العامة
page-fail-host = هذا الخادم لا يجيب بهذا الاسم.
    .remedy = افتحه بالعنوان http://127.0.0.1 مع رقم المنفذ، أو شغّل الخادم مع السماح بهذا الاسم.
page-fail-internal = حدث خطأ داخل البرنامج. لم يُكتب شيء.
    .remedy = حاول ثانية. وإن تكرر الأمر فأبلغ المسؤول عن هذا الخادم برقم الطلب أدناه.
page-fail-method = هذا العنوان لا يقبل هذا النوع من الطلبات.
    .remedy = ارجع واستخدم أزرار الصفحة نفسها.
page-fail-not-found = لا توجد صفحة أو سجل كهذا.
    .remedy = تحقق من العنوان أو ابحث عن السجل. وإن كنت تنظر إلى الماضي فربما لم يكن موجوداً بعد.
page-fail-origin = حاول موقع آخر الكتابة هنا فرُفض.
    .remedy = اكتب من صفحات هذا الخادم فقط.
page-fail-request = رقم هذا الطلب في سجل الخادم:
page-fail-timeout = استغرق الأمر وقتاً طويلاً فأوقف.
    .remedy = حاول ثانية باختيار أو ملف أصغر.
page-fail-too-large = ما أُرسل كبير جداً: النماذج حتى 1 ميغابايت والملفات حتى 256 ميغابايت.
    .remedy = قسّم الملف أو استورده من سطر الأوامر الذي لا يفرض هذا الحد.
page-fell-back = لم يُترجم بعد: يُعرض بلغة أخرى
page-files = الملفات
page-first-findings = أولى نتائج الفحص
page-foot = السجل عند التغيير { $position }، البصمة { $fingerprint }. البصمة نفسها تعطي الأرقام نفسها.
page-languages = اللغة
page-means-achieved = تحقق الهدف.
page-means-at-risk = يتأخر عن المسار بأكثر من هامش التفاوت وبما لا يتجاوز ثلاثة أمثاله.
page-means-no-baseline = لم يسجل أحد نقطة البداية.
page-means-no-data = خط الأساس والهدف موجودان، لكن قيمة مستحقة لم ترد.
page-means-no-target = لم يسجل أحد نقطة الوصول.
page-means-not-measured = القصة أو التوزيع لا مسار لهما.
page-means-not-yet-due = لم يحن استحقاق شيء بعد.
page-means-off-track = أبعد من ذلك، أو يسير في الاتجاه الخاطئ.
page-means-on-track = لا يتأخر عن المسار بأكثر من هامش التفاوت.
page-n-errors = { $n ->
        [zero] لا أخطاء
        [one] خطأ واحد
        [two] خطآن
        [few] { $n } أخطاء
        [many] { $n } خطأً
       *[other] { $n } خطأ
    }
page-n-indicators = { $n ->
        [zero] لا مؤشرات
        [one] مؤشر واحد
        [two] مؤشران
        [few] { $n } مؤشرات
        [many] { $n } مؤشراً
       *[other] { $n } مؤشر
    }
page-n-notes = { $n ->
        [zero] لا ملاحظات
        [one] ملاحظة واحدة
        [two] ملاحظتان
        [few] { $n } ملاحظات
        [many] { $n } ملاحظةً
       *[other] { $n } ملاحظة
    }
page-n-projects = { $n ->
        [zero] لا مشاريع
        [one] مشروع واحد
        [two] مشروعان
        [few] { $n } مشاريع
        [many] { $n } مشروعاً
       *[other] { $n } مشروع
    }
page-n-results = { $n ->
        [zero] لا نتائج
        [one] نتيجة واحدة
        [two] نتيجتان
        [few] { $n } نتائج
        [many] { $n } نتيجةً
       *[other] { $n } نتيجة
    }
page-n-waived = { $n ->
        [zero] لا نتائج فحص معفاة
        [one] نتيجة فحص واحدة معفاة وتبقى ظاهرة
        [two] نتيجتا فحص معفاتان وتبقيان ظاهرتين
        [few] { $n } نتائج فحص معفاة وتبقى ظاهرة
        [many] { $n } نتيجة فحص معفاة وتبقى ظاهرة
       *[other] { $n } نتيجة فحص معفاة وتبقى ظاهرة
    }
page-n-warnings = { $n ->
        [zero] لا تحذيرات
        [one] تحذير واحد
        [two] تحذيران
        [few] { $n } تحذيرات
        [many] { $n } تحذيراً
       *[other] { $n } تحذير
    }
page-name = إيكيستكس
page-nav = القائمة الرئيسية
page-nav-about = عن النظام
page-nav-changes = التغييرات
page-nav-codes = الرموز
page-nav-entry = إدخال القيم
page-nav-import = استيراد
page-nav-plans = الخطط
page-nav-records = السجلات
page-no-duties = لا شيء مستحق.
page-no-findings = لم يجد الفحص شيئاً.
page-no-indicators = ليس لهذه الخطة مؤشرات بعد. أضفها في المصنف ثم استورده.
page-no-measure = بلا مؤشر
page-no-results = ليس لهذه الخطة نتائج بعد.
page-on-label = الحالات في يوم
page-other-plans = سائر الخطط والأطر
page-past = الماضي: كل شيء كما كان معروفاً في { $at }.
page-past-back = العودة إلى الحاضر
page-past-note = لا يمكن تغيير شيء هنا.
page-plan-views = طرق عرض هذه الخطة
page-programmes = البرامج والمراحل والاستراتيجيات التي تنفذها
page-progress = تقدم المؤشرات
page-report = تقرير التقدم
page-results-glance = كل النتائج بنظرة واحدة
page-search-go = بحث
page-search-label = ابحث في الخطط والنتائج والمؤشرات والأماكن…
page-show = عرض
page-skip = انتقل إلى المحتوى
page-status = الحالة
page-step-check = { $n ->
        [zero] اعرف نتيجة فحص هذه الخطة
        [one] اعرف لماذا لا تجتاز هذه الخطة الفحص: خطأ واحد
        [two] اعرف لماذا لا تجتاز هذه الخطة الفحص: خطآن
        [few] اعرف لماذا لا تجتاز هذه الخطة الفحص: { $n } أخطاء
        [many] اعرف لماذا لا تجتاز هذه الخطة الفحص: { $n } خطأً
       *[other] اعرف لماذا لا تجتاز هذه الخطة الفحص: { $n } خطأ
    }
page-step-import = استورد المصنف: ترى كل فرق قبل كتابة أي شيء، ويمكنك التراجع عنه
page-step-workbook = نزّل مصنفها وأضف خطوط الأساس والأهداف
page-steps = جديد هنا؟ ثلاث خطوات
page-template = مصنف فارغ مع تعليمات (XLSX)
page-total = المجموع
page-tracking-xlsx = جدول التتبع (XLSX)
page-view-check = الفحص
page-view-duties = المستحقات
page-view-overview = نظرة عامة
page-view-report = التقرير
page-view-tracking = تتبع المؤشرات
page-view-tree = شجرة النتائج
page-workbook = مصنف هذه الخطة (XLSX)
